/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The enumerator: turns Flink's callbacks, the readers' messages and DynamoDB's answers into events
 * of the {@code protocol}, and the protocol's actions into calls. It decides nothing about segments
 * and shards.
 *
 * <pre>
 *   Flink's coordinator thread                          control threads (2), timer (1)
 *   ──────────────────────────                          ─────────────────────────────
 *   callback ─▶ event ─▶ Protocol.step ─▶ actions ──▶ call DynamoDB, retry with backoff
 *                  ▲                         │                     │
 *                  │                         ▼                     │
 *                  │             assign, message, backlog          │
 *                  └─────────────── answer as an event ◀───────────┘
 * </pre>
 *
 * <p>All state is touched by the coordinator thread alone; answers come back to it through {@code
 * runInCoordinatorThread}.
 */
package io.dynamoreplica.flink.enumerator;
