/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.ProtocolAction.Assign;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForGap;
import io.dynamoreplica.flink.protocol.ProtocolAction.Forget;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoMoreSplits;
import io.dynamoreplica.flink.protocol.ProtocolAction.SetBacklog;
import io.dynamoreplica.flink.protocol.ProtocolEvent.CheckpointCompleted;
import io.dynamoreplica.flink.protocol.ProtocolEvent.CheckpointStarted;
import io.dynamoreplica.flink.protocol.ProtocolEvent.DiscoveryDue;
import io.dynamoreplica.flink.protocol.ProtocolEvent.GapReported;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ReaderLost;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ReaderReported;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ReaderReset;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ShardProbed;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ShardsListed;
import io.dynamoreplica.flink.protocol.ProtocolEvent.SplitsEnded;
import io.dynamoreplica.flink.protocol.ProtocolEvent.Started;
import io.dynamoreplica.flink.protocol.ProtocolEvent.TableDescribed;
import io.dynamoreplica.flink.protocol.ProtocolEvent.TableGone;
import io.dynamoreplica.flink.protocol.ProtocolEvent.Woken;
import io.dynamoreplica.flink.split.GapCause;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * The decisions about all tables of a job. Holds nothing but the rules: the state goes in and comes
 * out.
 *
 * <p>An event first changes what is known; then every table moves on as far as that allows, and
 * splits are placed.
 */
public final class Protocol {

    private final Map<String, TableRules> rules;

    /**
     * @param rules one for each table
     */
    public Protocol(Collection<TableRules> rules) {
        this.rules = new LinkedHashMap<>();
        rules.forEach(rule -> this.rules.put(rule.table(), rule));
    }

    /** The state of a job that begins, or of one that goes on with the tables of a checkpoint. */
    public ProtocolState initial(Map<String, TableState> restored, int parallelism) {
        Map<String, TableState> tables = new LinkedHashMap<>();
        rules.forEach(
                (table, rule) ->
                        tables.put(
                                table,
                                restored.getOrDefault(
                                        table, TableState.fresh(table, rule.start(), 0))));
        return new ProtocolState(tables, Readers.none(parallelism), false);
    }

    public Step step(ProtocolState state, ProtocolEvent event) {
        List<ProtocolAction> actions = new ArrayList<>();
        ProtocolState known = learn(state, event, actions);
        ProtocolState moved =
                everyTable(
                        known,
                        (table, rule) ->
                                new TableSteps(rule, actions).advanced(table, known.readers()));
        ProtocolState placed = place(moved, actions);
        ProtocolState finished = finishReaders(placed, actions);
        return new Step(tellBacklog(finished, event instanceof Started, actions), actions);
    }

    private ProtocolState learn(
            ProtocolState state, ProtocolEvent event, List<ProtocolAction> actions) {
        if (event instanceof Started) {
            return everyTable(state, (table, rule) -> new TableSteps(rule, actions).started(table));
        } else if (event instanceof DiscoveryDue) {
            state.tables()
                    .values()
                    .forEach(table -> tableSteps(table.table(), actions).discover(table));
            return state;
        } else if (event instanceof ReaderReported reported) {
            return readerReported(state, reported, actions);
        } else if (event instanceof ReaderLost lost) {
            return state.with(state.readers().without(lost.subtask()));
        } else if (event instanceof ReaderReset reset) {
            return everyTable(
                            state,
                            (table, rule) ->
                                    table.with(
                                            table.splits()
                                                    .readerReset(
                                                            reset.subtask(),
                                                            of(table, reset.returned()))))
                    .with(state.readers().without(reset.subtask()));
        } else if (event instanceof SplitsEnded ended) {
            return splitsEnded(state, ended, actions);
        } else if (event instanceof CheckpointStarted started) {
            return everyTable(
                    state,
                    (table, rule) ->
                            table.with(table.splits().checkpointStarted(started.checkpointId())));
        } else if (event instanceof CheckpointCompleted completed) {
            return checkpointCompleted(state, completed, actions);
        }
        return learnOfTable(state, event, actions);
    }

    private ProtocolState learnOfTable(
            ProtocolState state, ProtocolEvent event, List<ProtocolAction> actions) {
        int parallelism = state.readers().parallelism();
        if (event instanceof TableDescribed described) {
            TableState table = state.tables().get(described.table());
            return state.with(
                    described.table(),
                    tableSteps(described.table(), actions)
                            .described(table, described, parallelism));
        } else if (event instanceof ShardsListed listing) {
            TableState table = state.tables().get(listing.table());
            return state.with(
                    listing.table(),
                    streamSteps(listing.table(), actions).listed(table, listing, parallelism));
        } else if (event instanceof Woken woken) {
            TableState table = state.tables().get(woken.table());
            return state.with(woken.table(), tableSteps(woken.table(), actions).woken(table));
        } else if (event instanceof TableGone gone) {
            actions.add(new FailForGap(gone.table(), GapCause.REPLACED, gone.detail()));
        } else if (event instanceof GapReported gap) {
            gapReported(state, gap, actions);
        } else if (event instanceof ShardProbed probed) {
            shardProbed(state, probed, actions);
        }
        return state;
    }

    /**
     * The reader's word stands above what was known; what neither side has is lost, and must not go
     * unnoticed.
     */
    private ProtocolState readerReported(
            ProtocolState state, ReaderReported event, List<ProtocolAction> actions) {
        int subtask = event.subtask();
        ProtocolState reported =
                everyTable(
                                state,
                                (table, rule) ->
                                        table.with(
                                                table.splits()
                                                        .reported(
                                                                subtask,
                                                                of(table, event.held()),
                                                                of(table, event.finished()))))
                        .with(state.readers().reported(subtask));
        Contradictions.afterReport(reported, event).ifPresent(actions::add);
        List<String> forgettable =
                event.finished().stream()
                        .filter(
                                split ->
                                        reported.tables().values().stream()
                                                .flatMap(
                                                        table ->
                                                                table
                                                                        .splits()
                                                                        .find(split.splitId())
                                                                        .stream())
                                                .allMatch(
                                                        entry ->
                                                                SplitLedger.isCovered(
                                                                        entry.stage())))
                        .map(ReplicationSplit::splitId)
                        .toList();
        forget(reported, Map.of(subtask, forgettable), actions);
        return reported;
    }

    private ProtocolState splitsEnded(
            ProtocolState state, SplitsEnded event, List<ProtocolAction> actions) {
        ProtocolState ended =
                everyTable(
                        state,
                        (table, rule) ->
                                table.with(
                                        table.splits()
                                                .ended(
                                                        event.subtask(),
                                                        of(table, event.splits()))));
        return everyTable(
                ended,
                (table, rule) -> {
                    boolean shardEnded =
                            of(table, event.splits()).stream()
                                    .anyMatch(ShardSplit.class::isInstance);
                    return shardEnded ? new StreamSteps(rule, actions).shardEnded(table) : table;
                });
    }

    private ProtocolState checkpointCompleted(
            ProtocolState state, CheckpointCompleted event, List<ProtocolAction> actions) {
        ProtocolState covered =
                everyTable(
                        state,
                        (table, rule) ->
                                table.with(
                                        table.splits().checkpointCompleted(event.checkpointId())));
        Map<Integer, List<String>> forgettable = new TreeMap<>();
        for (TableState table : covered.tables().values()) {
            SplitLedger before = state.tables().get(table.table()).splits();
            table.splits()
                    .covered()
                    .filter(
                            entry ->
                                    !before.find(entry.split().splitId())
                                            .equals(Optional.of(entry)))
                    .forEach(
                            entry ->
                                    forgettable
                                            .computeIfAbsent(
                                                    ((Stage.Ended) entry.stage()).subtask(),
                                                    reader -> new ArrayList<>())
                                            .add(entry.split().splitId()));
        }
        forget(covered, forgettable, actions);
        return covered;
    }

    private static void forget(
            ProtocolState state,
            Map<Integer, List<String>> forgettable,
            List<ProtocolAction> actions) {
        forgettable.forEach(
                (subtask, splitIds) -> {
                    if (!splitIds.isEmpty() && state.readers().has(subtask)) {
                        actions.add(new Forget(subtask, splitIds));
                    }
                });
    }

    private static void gapReported(
            ProtocolState state, GapReported gap, List<ProtocolAction> actions) {
        TableState table = state.tables().get(gap.split().table());
        if (table != null && table.splits().find(gap.split().splitId()).isPresent()) {
            actions.add(
                    new FailForGap(
                            table.table(),
                            gap.cause(),
                            gap.split().splitId() + ": " + gap.detail()));
        }
    }

    private static void shardProbed(
            ProtocolState state, ShardProbed probed, List<ProtocolAction> actions) {
        TableState table = state.tables().get(probed.table());
        boolean stillNeeded = table.stageOf(probed.shardId()).equals(Optional.of(Stage.UNASSIGNED));
        boolean stillAbsent =
                table.lineage().find(probed.shardId()).filter(node -> !node.isListed()).isPresent();
        if (probed.refused() && stillNeeded && stillAbsent) {
            actions.add(
                    new FailForGap(
                            table.table(),
                            GapCause.VANISHED,
                            "shard " + probed.shardId() + " refuses an iterator"));
        }
    }

    private ProtocolState place(ProtocolState state, List<ProtocolAction> actions) {
        return everyTable(
                state,
                (table, rule) -> {
                    TableState placed = table;
                    for (Map.Entry<Integer, List<ReplicationSplit>> entry :
                            Placement.of(table, rule, state.readers()).entrySet()) {
                        actions.add(new Assign(entry.getKey(), List.copyOf(entry.getValue())));
                        placed =
                                placed.with(
                                        placed.splits().assign(entry.getValue(), entry.getKey()));
                    }
                    return placed;
                });
    }

    private static ProtocolState finishReaders(ProtocolState state, List<ProtocolAction> actions) {
        boolean done =
                state.tables().values().stream().allMatch(table -> table.phase() == Phase.DONE);
        if (!done || !state.readers().allReported()) {
            return state;
        }
        Readers readers = state.readers();
        for (int subtask : state.readers().open()) {
            actions.add(new NoMoreSplits(subtask));
            readers = readers.finishing(subtask);
        }
        return state.with(readers);
    }

    /**
     * While a table waits at a fence there must be no backlog, or a job might not take the
     * checkpoint that opens it.
     */
    private static ProtocolState tellBacklog(
            ProtocolState state, boolean always, List<ProtocolAction> actions) {
        Collection<TableState> tables = state.tables().values();
        boolean backlog =
                tables.stream().anyMatch(table -> table.phase().isBacklog())
                        && tables.stream().noneMatch(table -> table.phase() == Phase.FENCED);
        if (always || backlog != state.backlog()) {
            actions.add(new SetBacklog(backlog));
        }
        return state.withBacklog(backlog);
    }

    private ProtocolState everyTable(
            ProtocolState state, BiFunction<TableState, TableRules, TableState> change) {
        ProtocolState changed = state;
        for (TableState table : state.tables().values()) {
            changed = changed.with(table.table(), change.apply(table, rules.get(table.table())));
        }
        return changed;
    }

    private TableSteps tableSteps(String table, List<ProtocolAction> actions) {
        return new TableSteps(rules.get(table), actions);
    }

    private StreamSteps streamSteps(String table, List<ProtocolAction> actions) {
        return new StreamSteps(rules.get(table), actions);
    }

    private static List<ReplicationSplit> of(TableState table, List<ReplicationSplit> splits) {
        return splits.stream()
                .filter(
                        split ->
                                split.table().equals(table.table())
                                        && split.epoch() == table.epoch())
                .toList();
    }
}
