/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Whole histories of a job in virtual time: the real protocol, the real cursors and split states,
 * over a DynamoDB that misbehaves and a Flink that fails. One thread, no network, and a seed that
 * repeats a history to the letter.
 *
 * <pre>
 *    seed ──▶ HistoryPlan ──▶ History ── steps ──▶ Settling ──▶ the end
 *                               │  │                  │           │
 *             happens, passes   │  │ moves, faults    │           │ atEnd
 *                 ┌─────────────┘  └──────┐           │           ▼
 *                 ▼                       ▼           ▼       ┌─────────┐
 *              world ◀──── calls ────── engine ── observed ──▶│ checker │ one for each promise
 *      (a DynamoDB account)     (Flink, and the connector     └─────────┘
 *                                 as it drives its rules)
 * </pre>
 */
package io.dynamoreplica.flink.simulation;
