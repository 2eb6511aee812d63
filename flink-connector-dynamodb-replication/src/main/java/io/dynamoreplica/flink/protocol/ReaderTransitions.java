/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.ProtocolAction.Forget;
import io.dynamoreplica.flink.protocol.ProtocolEvent.CheckpointCompleted;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ReaderReported;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ReaderReset;
import io.dynamoreplica.flink.protocol.ProtocolEvent.SplitsEnded;
import io.dynamoreplica.flink.protocol.SplitStatus.Ended;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The transitions of all tables because of a reader: its reports, its failures, and the checkpoints
 * after which it may forget the ends that it reported.
 */
final class ReaderTransitions {

    /**
     * Takes over what a new attempt of a reader was restored with. The report replaces whatever was
     * known before. A split that neither side has is lost, and stops the job.
     *
     * <p>A report is also a reset with which no split comes back: in a {@code HybridSource} Flink
     * tells the enumerator of a reset only if splits come back. Otherwise the reset came before, and
     * a second one has no effect.
     */
    static ProtocolState reported(Context context, ProtocolState before, ReaderReported event) {
        int subtask = event.subtask();
        ProtocolState state = before.everyTable(table -> table.readerReset(subtask, List.of()));
        Contradictions.beforeReport(state, event).ifPresent(context::add);
        ProtocolState reported = state.everyTable(table -> reported(context, table, event))
                .with(state.readers().reported(subtask));
        Contradictions.afterReport(reported, event).ifPresent(context::add);
        reported.tables().values().forEach(table -> WithdrawalTransitions.readerReported(context, table, event));
        List<String> forgettable = event.finished().stream()
                .filter(split -> isForgettable(reported, split))
                .map(ReplicationSplit::splitId)
                .toList();
        forget(context, reported, subtask, forgettable);
        return reported;
    }

    private static TableState reported(Context context, TableState table, ReaderReported event) {
        List<ReplicationSplit> held = table.ownOf(event.held());
        List<ReplicationSplit> finished = table.ownOf(event.finished());
        SplitLedger splits = table.splits().reported(event.subtask(), held, finished);
        return withChildrenAskedFor(context, table.with(splits), finished);
    }

    /** Returns whether the end is covered already, or no table needs it any more. */
    private static boolean isForgettable(ProtocolState state, ReplicationSplit split) {
        return state.tables().values().stream()
                .flatMap(table -> table.splits().find(split.splitId()).stream())
                .allMatch(entry -> entry.status().isCovered());
    }

    static ProtocolState reset(ProtocolState state, ReaderReset event) {
        return state.everyTable(table -> table.readerReset(event.subtask(), table.ownOf(event.returned())))
                .with(state.readers().without(event.subtask()));
    }

    static ProtocolState ended(Context context, ProtocolState state, SplitsEnded event) {
        return state.everyTable(table -> {
            List<ReplicationSplit> ended = table.ownOf(event.splits());
            SplitLedger splits = table.splits().ended(event.subtask(), ended);
            return withChildrenAskedFor(context, table.with(splits), ended);
        });
    }

    private static TableState withChildrenAskedFor(Context context, TableState table, List<ReplicationSplit> ended) {
        return ended.stream().anyMatch(ShardSplit.class::isInstance)
                ? StreamTransitions.shardEnded(context, table)
                : table;
    }

    /** Tells readers to forget the ends that this checkpoint covers. */
    static ProtocolState checkpointCompleted(Context context, ProtocolState state, CheckpointCompleted event) {
        ProtocolState covered = state.everyTable(table -> table.checkpointCompleted(event.checkpointId()));
        Map<Integer, List<String>> forgettable = new TreeMap<>();
        for (TableState table : covered.tables().values()) {
            SplitLedger before = state.tables().get(table.table()).splits();
            for (SplitEntry entry : table.splits().coveredSince(before).toList()) {
                int subtask = ((Ended) entry.status()).subtask();
                forgettable
                        .computeIfAbsent(subtask, reader -> new ArrayList<>())
                        .add(entry.split().splitId());
            }
        }
        forgettable.forEach((subtask, splitIds) -> forget(context, covered, subtask, splitIds));
        return covered;
    }

    /**
     * Tells a reader to forget ends. A reader that may have finished is not told: it keeps its state
     * only for a short time.
     */
    private static void forget(Context context, ProtocolState state, int subtask, List<String> splitIds) {
        if (!splitIds.isEmpty() && state.readers().isOpen(subtask)) {
            context.add(new Forget(subtask, splitIds));
        }
    }

    private ReaderTransitions() {}
}
