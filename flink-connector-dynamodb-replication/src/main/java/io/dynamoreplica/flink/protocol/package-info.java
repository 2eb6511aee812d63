/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The decisions: which split goes to which reader and when, what an answer of DynamoDB means for a
 * table, and when changes have been lost. {@link io.dynamoreplica.flink.protocol.Protocol#step}
 * turns a state and an event into the next state and a list of actions; it never waits, never calls
 * and never looks at a clock, so that histories can be replayed by the thousand.
 *
 * <p>The life of a table, for a start that copies it first:
 *
 * <pre>
 *   DESCRIBING ──described──▶ ANCHORING ──shards listed──▶ SETTLING ──time──▶ SCANNING
 *                                                                              │  ▲
 *                                                     every segment has ended  │  │ a reader failed, and the end
 *                                                                              ▼  │ of a segment became void
 *                  STREAMING ◀──every end is in a completed checkpoint── FENCED ◀── VERIFYING (same TableId?)
 * </pre>
 *
 * <p>When changes are lost and the table is to be copied again, it leaves from wherever it stands:
 *
 * <pre>
 *   SETTLING … STREAMING ──changes were lost──▶ WITHDRAWING ──every reader's answer is in a completed checkpoint──▶ DESCRIBING
 *
 *   A table that is copied on a schedule:
 *
 *   SCANNING ──▶ VERIFYING ──▶ FENCED ──▶ RESTING ──its time has come──▶ WITHDRAWING ──▶ DESCRIBING …
 *
 *   What is done about a loss ({@link io.dynamoreplica.flink.protocol.GapPolicy}):
 *     FAIL        the job stops
 *     RESNAPSHOT  as above; if the stream outran two copies in a row before they had caught up, the job stops
 *     IGNORE      the shard is read from the oldest record kept; a stream that was replaced is withdrawn as above, and the
 *                 new one read from its oldest record, without a Scan and in the same epoch
 * </pre>
 *
 * <p>A hand-over that does not wait for a checkpoint goes from VERIFYING to STREAMING, and back to
 * SCANNING by the same arrow: a failure can still make the end of a segment void.
 *
 * <p>The life of a split, and what makes the fence. A reader's word that a split has ended is only
 * as good as the checkpoints that contain it:
 *
 * <pre>
 *   Unassigned ──assigned──▶ Assigned ──reader says: ended──▶ Ended(REPORTED)
 *        ▲                      ▲                                  │ a checkpoint begins (n)
 *        │ given back           │ the reader fails: void           ▼
 *        └──────────────────────┴──────────────────────────── Ended(PENDING n)
 *                                                                  │ a checkpoint ≥ n completes
 *                                                                  ▼
 *                                                             Ended(COVERED): the reader may forget it, children may
 *                                                                             go to any reader
 * </pre>
 *
 * <p>Why the completion of any checkpoint at or above n is a fence: the enumerator's snapshot is
 * taken before barriers are sent to the readers, so whatever was emitted before a report that the
 * snapshot contains is ahead of the barrier in every channel.
 */
package io.dynamoreplica.flink.protocol;
