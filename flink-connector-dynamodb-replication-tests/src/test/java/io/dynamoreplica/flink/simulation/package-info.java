/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Whole histories of a job in virtual time: the real protocol, cursors and split states, with a model of
 * a DynamoDB that has faults and of a Flink that fails. It uses one thread and no network, and a seed
 * repeats a history exactly. For the words, see docs/glossary.md.
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
