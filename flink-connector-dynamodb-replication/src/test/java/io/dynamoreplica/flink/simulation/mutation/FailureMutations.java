/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.mutation;

import java.util.List;

/** Broken rules about checkpoints, fences, failures and restores. */
final class FailureMutations {

    static final List<Mutation> ALL =
            List.of(
                    new Mutation(
                            "no fence stands between segments and shards",
                            "HandOver",
                            "protocol.TableSteps",
                            "rules.handOver() == HandOverRule.AFTER_CHECKPOINT ? Phase.FENCED",
                            "rules.handOver() == null ? Phase.FENCED"),
                    new Mutation(
                            "an end that is reported after a checkpoint began is covered by it",
                            "HandOver",
                            "protocol.SplitLedger",
                            "end.coverage() == Coverage.PENDING && end.checkpoint() <= checkpointId",
                            "end.checkpoint() <= checkpointId"),
                    new Mutation(
                            "the failure of a reader makes none of its reports void",
                            "NoContradiction",
                            "protocol.SplitLedger",
                            "end.subtask() == subtask && end.coverage() != Coverage.COVERED",
                            "end.subtask() < 0"),
                    new Mutation(
                            "a split that is held has ended all the same",
                            "Progress",
                            "protocol.SplitLedger",
                            "(id, entry) -> new Entry(split, new Assigned(subtask)));",
                            "(id, entry) -> entry.stage() instanceof Ended ? entry"
                                    + " : new Entry(split, new Assigned(subtask)));"),
                    new Mutation(
                            "a split that comes back has ended all the same",
                            "Progress",
                            "protocol.SplitLedger",
                            "(id, entry) -> new Entry(split, Stage.UNASSIGNED));",
                            "(id, entry) -> entry.stage() instanceof Ended ? entry"
                                    + " : new Entry(split, Stage.UNASSIGNED));"),
                    new Mutation(
                            "splits that were assigned are assigned again after a restore",
                            "OneReaderPerSplit",
                            "protocol.SplitLedger",
                            "stage = new Assigned(Stage.UNKNOWN_READER);",
                            "stage = Stage.UNASSIGNED;"),
                    new Mutation(
                            "shards are placed before every reader has said what it has",
                            "OneReaderPerSplit",
                            "protocol.Placement",
                            "if (job.readers().allReported() && ShardReadiness",
                            "if (ShardReadiness"),
                    new Mutation(
                            "readers are told to forget an end that no checkpoint has",
                            "NoContradiction",
                            "protocol.ReaderSteps",
                            ".allMatch(entry -> SplitLedger.isCovered(entry.stage()));",
                            ".allMatch(entry -> entry.stage() instanceof Stage.Ended);"),
                    new Mutation(
                            "readers do not keep the splits that they have finished",
                            "NoContradiction",
                            "reader.cursor.HeldSplits",
                            "return List.copyOf(finished.values());",
                            "return List.of();"),
                    new Mutation(
                            "readers do not say again that a split has ended",
                            "Progress",
                            "reader.cursor.HeldSplits",
                            "report.add(finished.get(split.splitId()));",
                            "report.size();"));

    private FailureMutations() {}
}
