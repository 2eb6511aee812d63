/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.ProtocolAction.Forget;
import io.dynamoreplica.flink.protocol.ProtocolAction.Withdraw;
import io.dynamoreplica.flink.protocol.ProtocolEvent.CheckpointCompleted;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ReaderReported;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ReaderReset;
import io.dynamoreplica.flink.protocol.ProtocolEvent.SplitsEnded;
import io.dynamoreplica.flink.protocol.ProtocolEvent.SplitsWithdrawn;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What readers say and what becomes of it: reports, ends, failures, and the checkpoints that make
 * ends final.
 */
final class ReaderTransitions {

    private final Map<String, TableRules> rules;
    private final List<ProtocolAction> actions;

    ReaderTransitions(Map<String, TableRules> rules, List<ProtocolAction> actions) {
        this.rules = rules;
        this.actions = actions;
    }

    /**
     * The reader's word stands above what was known; what neither side has is lost, and must not go
     * unnoticed.
     *
     * <p>A report is also a reset that nothing came back with: in a {@code HybridSource} the
     * enumerator is told of a reset only if splits come back. Otherwise it changes nothing here.
     */
    ProtocolState reported(ProtocolState before, ReaderReported event) {
        int subtask = event.subtask();
        ProtocolState state = before.everyTable(table -> table.readerReset(subtask, List.of()));
        Contradictions.beforeReport(state, event).ifPresent(actions::add);
        ProtocolState reported = state.everyTable(table -> reported(state.readers(), table, event))
                .with(state.readers().reported(subtask));
        Contradictions.afterReport(reported, event).ifPresent(actions::add);
        reported.tables().values().forEach(table -> withdrawVoid(table, event));
        List<String> forgettable = event.finished().stream()
                .filter(split -> isForgettable(reported, split))
                .map(ReplicationSplit::splitId)
                .toList();
        forget(reported, Map.of(subtask, forgettable));
        return reported;
    }

    private TableState reported(Readers readers, TableState table, ReaderReported event) {
        List<ReplicationSplit> finished = of(table, event.finished());
        SplitLedger splits = table.splits().reported(event.subtask(), of(table, event.held()), finished);
        return withChildrenWanted(readers, table.with(splits), finished);
    }

    /**
     * A reader can be restored with splits of a copy that has been given up since, and goes on
     * reading them until it is told. One that has splits of an earlier stream has none of the
     * present one, so that all it has of the epoch can go.
     */
    private void withdrawVoid(TableState table, ReaderReported event) {
        if (event.all().anyMatch(table::isOfEarlierStream)) {
            actions.add(new Withdraw(event.subtask(), table.table(), table.epoch()));
            return;
        }
        boolean holdsVoid = event.all().anyMatch(table::isVoid);
        boolean awaited = table.phase() == Phase.WITHDRAWING
                && !table.pending().withdrawal().isCovered(event.subtask());
        if (holdsVoid || awaited) {
            actions.add(new Withdraw(event.subtask(), table.table(), table.lastVoidEpoch()));
        }
    }

    ProtocolState withdrawn(ProtocolState state, SplitsWithdrawn event) {
        TableState table = state.tables().get(event.table());
        boolean awaited = table.phase() == Phase.WITHDRAWING
                && event.epoch() == table.epoch()
                && state.readers().isOpen(event.subtask());
        return awaited
                ? state.with(
                        event.table(),
                        table.with(table.pending()
                                .withdrawal(table.pending().withdrawal().droppedBy(event.subtask()))))
                : state;
    }

    /** An end that is covered already, or that nobody asks for any more. */
    private static boolean isForgettable(ProtocolState state, ReplicationSplit split) {
        return state.tables().values().stream()
                .flatMap(table -> table.splits().find(split.splitId()).stream())
                .allMatch(entry -> SplitLedger.isCovered(entry.status()));
    }

    ProtocolState reset(ProtocolState state, ReaderReset event) {
        return state.everyTable(table -> table.readerReset(event.subtask(), of(table, event.returned())))
                .with(state.readers().without(event.subtask()));
    }

    ProtocolState ended(ProtocolState state, SplitsEnded event) {
        return state.everyTable(table -> {
            List<ReplicationSplit> splits = of(table, event.splits());
            return withChildrenWanted(
                    state.readers(), table.with(table.splits().ended(event.subtask(), splits)), splits);
        });
    }

    private TableState withChildrenWanted(Readers readers, TableState table, List<ReplicationSplit> ended) {
        if (ended.stream().noneMatch(ShardSplit.class::isInstance)) {
            return table;
        }
        TableRules rule = rules.get(table.table());
        return new StreamTransitions(rule, new GapTransitions(rule, readers, actions), actions).shardEnded(table);
    }

    ProtocolState checkpointCompleted(ProtocolState state, CheckpointCompleted event) {
        ProtocolState covered = state.everyTable(table -> table.checkpointCompleted(event.checkpointId()));
        Map<Integer, List<String>> forgettable = new TreeMap<>();
        for (TableState table : covered.tables().values()) {
            SplitLedger before = state.tables().get(table.table()).splits();
            table.splits().coveredSince(before).forEach(entry -> forgettable
                    .computeIfAbsent(((SplitStatus.Ended) entry.status()).subtask(), reader -> new ArrayList<>())
                    .add(entry.split().splitId()));
        }
        forget(covered, forgettable);
        return covered;
    }

    /** Not said to readers that may have finished: nothing of theirs is kept for long. */
    private void forget(ProtocolState state, Map<Integer, List<String>> forgettable) {
        forgettable.forEach((subtask, splitIds) -> {
            if (!splitIds.isEmpty() && state.readers().isOpen(subtask)) {
                actions.add(new Forget(subtask, splitIds));
            }
        });
    }

    private static List<ReplicationSplit> of(TableState table, List<ReplicationSplit> splits) {
        return splits.stream()
                .filter(split -> split.table().equals(table.table()) && split.epoch() == table.epoch())
                .toList();
    }
}
