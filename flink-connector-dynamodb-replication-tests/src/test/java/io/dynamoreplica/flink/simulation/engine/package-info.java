/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * A model of Flink around the connector's rules: what survives what, which messages are lost, and
 * in which orders things can reach whom.
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
 * <p>A failure of a task takes its region, sources and sinks, back to the latest completed
 * checkpoint; the coordinator stays as it is and gets back what was assigned since. A restore takes
 * back everything, to any checkpoint or savepoint and at any parallelism.
 */
package io.dynamoreplica.flink.simulation.engine;
