/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.mutation;

import java.util.List;

/** Broken rules about checkpoints, fences, failures and restores. */
final class FailureMutations {

    static final List<Mutation> ALL = List.of(
            new Mutation(
                    "no fence stands between segments and shards",
                    "ScanBeforeStream",
                    "protocol.TableTransitions",
                    "boolean fence = rules.handOver() == HandOver.CHECKPOINT",
                    "boolean fence = rules.handOver() == null"),
            new Mutation(
                    "an end that is reported after a checkpoint began is covered by it",
                    "AnnouncedEnds",
                    "protocol.SplitStatus",
                    "return coverage == Coverage.PENDING && checkpoint <= checkpointId",
                    "return checkpoint <= checkpointId"),
            new Mutation(
                    "the failure of a reader makes none of its reports void",
                    "NoContradiction",
                    "protocol.SplitLedger",
                    "end.subtask() == subtask && end.coverage() != Coverage.COVERED",
                    "end.subtask() < 0"),
            new Mutation(
                    "a split that comes back is given to nobody",
                    "NoContradiction",
                    "protocol.SplitLedger",
                    "draft.replace(new SplitEntry(split, SplitStatus.UNASSIGNED));",
                    ""),
            new Mutation(
                    "splits that were assigned are assigned again after a restore",
                    "NoContradiction",
                    "protocol.SplitLedger",
                    "return new Assigned(SplitStatus.UNKNOWN_READER);",
                    "return SplitStatus.UNASSIGNED;"),
            new Mutation(
                    "readers are told to forget an end that no checkpoint has",
                    "NoContradiction",
                    "protocol.ReaderTransitions",
                    ".allMatch(entry -> entry.status().isCovered());",
                    ".allMatch(entry -> entry.status() instanceof SplitStatus.Ended);"),
            new Mutation(
                    "readers do not keep the splits that they have finished",
                    "NoContradiction",
                    "reader.cursor.HeldSplits",
                    "return List.copyOf(finished.values());",
                    "return List.of();"),
            new Mutation(
                    "an end that is said again after a restore is not heard",
                    "NoContradiction",
                    "protocol.ReaderTransitions",
                    "List<ReplicationSplit> finished = table.ownOf(event.finished());",
                    "List<ReplicationSplit> finished = List.of();"),
            new Mutation(
                    "no fence stands between a copy that was given up and the next",
                    "KeyOrder",
                    "protocol.WithdrawalTransitions",
                    ": withdrawal.isCoveredForAll(parallelism);",
                    ": withdrawal.isDroppedByAll(parallelism);"),
            new Mutation(
                    "a reader goes on with a copy that was given up",
                    "KeyOrder",
                    "reader.cursor.HeldSplits",
                    "return dropped;",
                    "return Set.of();"),
            new Mutation(
                    "a segment is given to every reader",
                    "OneReaderPerSplit",
                    "protocol.Placement",
                    "place(waiting.next(), subtask.get(), load, placed);",
                    "ScanSplit segment = waiting.next(); List.copyOf(load.keySet())"
                            + ".forEach(all -> place(segment, all, load, placed));"),
            new Mutation(
                    "the first segment is never read",
                    "Convergence",
                    "protocol.SegmentPlan",
                    "IntStream.range(0, total)",
                    "IntStream.range(1, total)"),
            new Mutation(
                    "the fence between segments and shards never opens",
                    "Liveness",
                    "protocol.TableTransitions",
                    "boolean open = state.splits().everySegmentCovered() &&",
                    "boolean open = state.splits().everySegmentEnded() == false &&"));

    private FailureMutations() {}
}
