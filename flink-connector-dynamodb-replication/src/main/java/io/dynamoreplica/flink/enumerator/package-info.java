/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The enumerator of the source. It turns Flink's callbacks, the readers' messages and DynamoDB's answers into events of
 * the {@code protocol}, and the protocol's actions into calls. The protocol decides about segments and shards; this
 * package does not. For the words, see docs/glossary.md.
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
 * <p>Only the coordinator thread changes the state. Control threads and the timer hand their answers to it through
 * {@code runInCoordinatorThread}.
 */
package io.dynamoreplica.flink.enumerator;
