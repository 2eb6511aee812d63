/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.Gap.Range;
import io.dynamoreplica.flink.protocol.ProtocolAction.Assign;
import io.dynamoreplica.flink.protocol.ProtocolAction.LimitWait;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoMoreSplits;
import io.dynamoreplica.flink.protocol.ProtocolAction.SetBacklog;
import io.dynamoreplica.flink.protocol.ProtocolEvent.CheckpointCompleted;
import io.dynamoreplica.flink.protocol.ProtocolEvent.CheckpointStarted;
import io.dynamoreplica.flink.protocol.ProtocolEvent.CopyDue;
import io.dynamoreplica.flink.protocol.ProtocolEvent.DiscoveryDue;
import io.dynamoreplica.flink.protocol.ProtocolEvent.GapReported;
import io.dynamoreplica.flink.protocol.ProtocolEvent.NothingGiven;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ReaderLost;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ReaderReported;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ReaderReset;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ShardProbed;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ShardsListed;
import io.dynamoreplica.flink.protocol.ProtocolEvent.SplitsEnded;
import io.dynamoreplica.flink.protocol.ProtocolEvent.SplitsWithdrawn;
import io.dynamoreplica.flink.protocol.ProtocolEvent.Started;
import io.dynamoreplica.flink.protocol.ProtocolEvent.TableDescribed;
import io.dynamoreplica.flink.protocol.ProtocolEvent.TableGone;
import io.dynamoreplica.flink.protocol.ProtocolEvent.WaitedLongEnough;
import io.dynamoreplica.flink.protocol.ProtocolEvent.Woken;
import io.dynamoreplica.flink.protocol.TableRules.StartRequest;
import io.dynamoreplica.flink.split.GapCause;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.annotation.Internal;

/**
 * The decisions about all tables of a job. Holds nothing but the rules: the state goes in and comes
 * out.
 *
 * <p>An event first changes what is known; then every table moves on as far as that allows, and
 * splits are placed.
 */
@Internal
public final class Protocol {

    private final Map<String, TableRules> rules;

    /**
     * @param rules one for each table
     */
    public Protocol(Collection<TableRules> rules) {
        this.rules = new LinkedHashMap<>();
        rules.forEach(rule -> this.rules.put(rule.table(), rule));
    }

    /**
     * The state of a job that begins, or of one that goes on with the tables of a checkpoint: those
     * that are new begin, those whose mandate asks for it begin anew, the others go on.
     */
    public ProtocolState initial(EnumeratorState restored, int parallelism) {
        Map<String, TableState> tables = new LinkedHashMap<>();
        rules.forEach((table, rule) -> tables.put(table, initial(restored, table, rule.startRequest())));
        return new ProtocolState(tables, Readers.none(parallelism), false, CoverageWaits.NONE);
    }

    private static TableState initial(EnumeratorState restored, String table, StartRequest startRequest) {
        TableState before = restored.tables().get(table);
        if (before == null) {
            long lastEpoch = restored.retired().getOrDefault(table, 0L);
            return TableState.fresh(table, startRequest, lastEpoch);
        }
        return startRequest.renews(before.startRequest())
                ? before.anew(startRequest.after(before.startRequest()))
                : before;
    }

    public Transition step(ProtocolState state, ProtocolEvent event) {
        List<ProtocolAction> actions = new ArrayList<>();
        ProtocolState known = learn(state, event, actions);
        ProtocolState moved =
                known.everyTable(table -> steps(known, table.table(), actions).advanced(table, known.readers()));
        ProtocolState placed = place(moved, actions);
        ProtocolState told = tellBacklog(placed, event instanceof Started, actions);
        actions.addAll(new EpochEnds(rules).toTell(state, told, event));
        ProtocolState finished = finishReaders(told, actions);
        actions.addAll(new IdleReaders(rules).toTell(state, finished, event));
        return new Transition(finished, actions);
    }

    private ProtocolState learn(ProtocolState state, ProtocolEvent event, List<ProtocolAction> actions) {
        ReaderTransitions readers = new ReaderTransitions(rules, actions);
        if (event instanceof Started) {
            return state.everyTable(
                    table -> steps(state, table.table(), actions).started(table));
        } else if (event instanceof DiscoveryDue) {
            state.tables().values().forEach(table -> steps(state, table.table(), actions)
                    .discover(table));
            return state;
        } else if (event instanceof ReaderReported reported) {
            return readers.reported(state, reported);
        } else if (event instanceof ReaderLost lost) {
            return state.with(state.readers().without(lost.subtask()));
        } else if (event instanceof ReaderReset reset) {
            return readers.reset(state, reset);
        } else if (event instanceof SplitsEnded ended) {
            return readers.ended(state, ended);
        } else if (event instanceof SplitsWithdrawn withdrawn) {
            return readers.withdrawn(state, withdrawn);
        } else if (event instanceof CheckpointStarted started) {
            return state.everyTable(table -> table.checkpointStarted(started.checkpointId()));
        } else if (event instanceof CheckpointCompleted completed) {
            return readers.checkpointCompleted(state, completed)
                    .with(state.waits().checkpointCompleted());
        } else if (event instanceof WaitedLongEnough waited) {
            return state.with(state.waits().waitedLongEnough(waited.splitId()));
        }
        return learnOfTable(state, event, actions);
    }

    private ProtocolState learnOfTable(ProtocolState state, ProtocolEvent event, List<ProtocolAction> actions) {
        int parallelism = state.readers().parallelism();
        if (event instanceof TableDescribed described) {
            TableState table = state.tables().get(described.table());
            TableTransitions steps = steps(state, described.table(), actions);
            return state.with(described.table(), steps.described(table, described, parallelism));
        } else if (event instanceof ShardsListed listing) {
            TableState table = state.tables().get(listing.table());
            return state.with(
                    listing.table(),
                    streamSteps(state, listing.table(), actions).listed(table, listing, parallelism));
        } else if (event instanceof NothingGiven nothing) {
            String name = nothing.split().table();
            TableState table = state.tables().get(name);
            return state.with(name, streamSteps(state, name, actions).nothingGiven(table, nothing));
        } else if (event instanceof Woken woken) {
            TableState table = state.tables().get(woken.table());
            return state.with(
                    woken.table(), steps(state, woken.table(), actions).woken(table, woken));
        } else if (event instanceof CopyDue due) {
            TableState table = state.tables().get(due.table());
            return state.with(due.table(), steps(state, due.table(), actions).copyDue(table, due.epoch()));
        } else if (event instanceof TableGone gone) {
            TableState table = state.tables().get(gone.table());
            return state.with(gone.table(), steps(state, gone.table(), actions).gone(table, gone));
        } else if (event instanceof GapReported reported) {
            String table = reported.split().table();
            return gapReported(state, reported)
                    .map(gap -> met(state, table, gap, actions))
                    .orElse(state);
        } else if (event instanceof ShardProbed probed) {
            return shardProbed(state, probed)
                    .map(gap -> met(state, probed.table(), gap, actions))
                    .orElse(state);
        }
        return state;
    }

    private ProtocolState met(ProtocolState state, String table, Gap gap, List<ProtocolAction> actions) {
        return state.with(
                table, gaps(state, table, actions).onGap(state.tables().get(table), gap));
    }

    /** A gap of an epoch that is over is nobody's loss. */
    private static Optional<Gap> gapReported(ProtocolState state, GapReported gap) {
        return Optional.ofNullable(state.tables().get(gap.split().table()))
                .filter(table -> table.splits().find(gap.split().splitId()).isPresent())
                .map(table -> new Gap(
                        gap.cause(),
                        gap.split().shardId(),
                        gap.split().splitId() + ": " + gap.detail(),
                        new Range(gap.split().proof(), table.stream().lastListing())));
    }

    private static Optional<Gap> shardProbed(ProtocolState state, ShardProbed probed) {
        TableState table = state.tables().get(probed.table());
        Optional<ShardSplit> needed = table.splits()
                .unassignedShards()
                .filter(split -> split.shardId().equals(probed.shardId()))
                .findFirst();
        boolean stillAbsent = table.lineage()
                .find(probed.shardId())
                .filter(node -> !node.isListed())
                .isPresent();
        return needed.filter(split -> probed.refused() && stillAbsent)
                .map(split -> new Gap(
                        GapCause.VANISHED,
                        probed.shardId(),
                        "shard " + probed.shardId() + " refuses an iterator",
                        new Range(split.proof(), table.stream().lastListing())));
    }

    private ProtocolState place(ProtocolState state, List<ProtocolAction> actions) {
        Placement placement = new Placement(state);
        ProtocolState placed = state.everyTable(table -> {
            SplitLedger splits = table.splits();
            for (Map.Entry<Integer, List<ReplicationSplit>> entry :
                    placement.of(table, rules.get(table.table())).entrySet()) {
                actions.add(new Assign(entry.getKey(), List.copyOf(entry.getValue())));
                splits = splits.assign(entry.getValue(), entry.getKey());
            }
            return table.with(splits);
        });
        placement.waiting().stream()
                .filter(splitId -> !state.waits().shards().contains(splitId))
                .forEach(splitId -> actions.add(new LimitWait(splitId, TimeBounds.BALANCE)));
        return placed.with(state.waits().of(placement.waiting()));
    }

    /**
     * Readers that report later, as in a batch job without slots for all, are told when they do.
     */
    private static ProtocolState finishReaders(ProtocolState state, List<ProtocolAction> actions) {
        if (!state.isOver()) {
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
     *
     * <p>Flink passes it on to every reader, and fails one over that has finished meanwhile: once
     * readers may finish, nothing is said.
     */
    private static ProtocolState tellBacklog(ProtocolState state, boolean always, List<ProtocolAction> actions) {
        Collection<TableState> tables = state.tables().values();
        boolean backlog = tables.stream().anyMatch(TableState::isBacklog)
                && tables.stream().noneMatch(table -> table.phase().isFence());
        if (state.readers().someMayHaveFinished() || (backlog == state.backlog() && !always)) {
            return state;
        }
        actions.add(new SetBacklog(backlog));
        return state.withBacklog(backlog);
    }

    private TableTransitions steps(ProtocolState state, String table, List<ProtocolAction> actions) {
        return new TableTransitions(rules.get(table), gaps(state, table, actions), actions);
    }

    private StreamTransitions streamSteps(ProtocolState state, String table, List<ProtocolAction> actions) {
        return new StreamTransitions(rules.get(table), gaps(state, table, actions), actions);
    }

    private GapTransitions gaps(ProtocolState state, String table, List<ProtocolAction> actions) {
        return new GapTransitions(rules.get(table), state.readers(), actions);
    }
}
