/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * A model of Flink around the connector's rules: which state survives which failure, which messages are
 * lost, and in which orders messages can arrive. For the words, see docs/glossary.md.
 *
 * <pre>
 *   Coordinator (Protocol) ── ControlPlane ── calls, timers, answers in any order
 *      │ inbox, FIFO; barriers       ▲ outbox, FIFO
 *      ▼ come behind the snapshot    │
 *   ReaderTask 0    ReaderTask 1     │     HeldSplits, cursors, SplitStates
 *      │  ╲          ╱  │
 *      │    ╲      ╱    │                  a channel for each pair, FIFO, with barriers
 *      ▼      ╳         ▼
 *   SinkTask 0      SinkTask 1             aligned; the replica is part of the checkpoint
 * </pre>
 *
 * <p>A failure of a task takes its region, sources and sinks, back to the latest completed checkpoint. The coordinator
 * keeps its state and gets back the splits that were assigned since. A restore takes the whole job back, to any
 * checkpoint or savepoint and at any parallelism.
 */
package io.dynamoreplica.flink.simulation.engine;
