/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The decisions: which split goes to which reader and when, what an answer of DynamoDB means for a
 * table, and when changes have been lost. They are a package of their own, without Flink, DynamoDB,
 * threads or a clock, so that thousands of histories can be simulated. For the words, see
 * docs/glossary.md.
 *
 * <p>{@link io.dynamoreplica.flink.protocol.Protocol#step} turns a state and an event into the next
 * state and a list of actions. {@link io.dynamoreplica.flink.protocol.ProtocolEvent} lists the events,
 * {@link io.dynamoreplica.flink.protocol.ProtocolAction} the actions, and {@link
 * io.dynamoreplica.flink.protocol.ProtocolState} is the state.
 *
 * <p>The life of a table whose startup mode copies it first:
 *
 * <pre>
 *   DESCRIBING ──described──▶ ANCHORING ──shards listed──▶ SETTLING ──time──▶ SCANNING
 *                                                                              │  ▲
 *                                                     every segment has ended  │  │ a reader failed, and the end
 *                                                                              ▼  │ of a segment became void
 *                  STREAMING ◀──every end is in a completed checkpoint── FENCED ◀── VERIFYING (same TableId?)
 * </pre>
 *
 * <p>With consistent reads, which are the default, SETTLING is skipped.
 *
 * <p>If changes are lost and the table must be copied again, a table with an anchor leaves its phase:
 *
 * <pre>
 *   SETTLING … STREAMING ──changes were lost──▶ WITHDRAWING ──every reader's answer is in a completed checkpoint──▶ DESCRIBING
 *
 *   The life of a table that is copied on a schedule:
 *
 *   SCANNING ──▶ VERIFYING ──▶ FENCED ──▶ RESTING ──the next copy is due──▶ WITHDRAWING ──▶ DESCRIBING …
 *
 *   What is done about a gap ({@link io.dynamoreplica.flink.policy.GapPolicy}):
 *     FAIL        the job stops
 *     RESNAPSHOT  as above; the job stops if five consecutive renewals of the copy did not catch up with the stream, or
 *                 two if the stream dropped changes before the last one had read them
 *     IGNORE      the shard is read from the oldest record kept; a stream that was replaced is withdrawn as above, and
 *                 the new one is read from its oldest record, without a Scan and in the same epoch; if the copy was
 *                 not complete by then, the table is copied again
 * </pre>
 *
 * <p>If the hand-over does not wait for a checkpoint, a table goes from VERIFYING to STREAMING
 * or RESTING. A table that is copied only once goes from VERIFYING to DONE. From STREAMING, RESTING
 * and DONE a table can go back to SCANNING, because a failure can still make the end of a segment void.
 *
 * <p>The life of a split. A reader's report that a split has ended is safe only after a checkpoint that
 * contains it has completed:
 *
 * <pre>
 *   Unassigned ──assigned──▶ Assigned ──reader reports end──▶ Ended(REPORTED)
 *        ▲                      ▲                                  │ a checkpoint begins (n)
 *        │ given back           │ the reader fails: void           ▼
 *        └──────────────────────┴──────────────────────────── Ended(PENDING n)
 *                                                                  │ a checkpoint ≥ n completes
 *                                                                  ▼
 *                                                             Ended(COVERED): the reader may forget the end, and
 *                                                                             children may go to any reader
 * </pre>
 *
 * <p>The completion of any checkpoint at or above n is a fence, for this reason: Flink takes the
 * enumerator's snapshot before it sends barriers to the readers. So every record that was emitted
 * before a report in that snapshot is ahead of the barrier in every channel.
 */
package io.dynamoreplica.flink.protocol;
