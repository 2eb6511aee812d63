/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.ProtocolAction.Assign;
import io.dynamoreplica.flink.protocol.ProtocolAction.LimitWait;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoMoreSplits;
import io.dynamoreplica.flink.protocol.ProtocolAction.SetBacklog;
import io.dynamoreplica.flink.protocol.ProtocolEvent.CheckpointCompleted;
import io.dynamoreplica.flink.protocol.ProtocolEvent.CheckpointStarted;
import io.dynamoreplica.flink.protocol.ProtocolEvent.CopyDue;
import io.dynamoreplica.flink.protocol.ProtocolEvent.DiscoveryDue;
import io.dynamoreplica.flink.protocol.ProtocolEvent.GapReported;
import io.dynamoreplica.flink.protocol.ProtocolEvent.JobEvent;
import io.dynamoreplica.flink.protocol.ProtocolEvent.NothingGiven;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ReaderEvent;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ReaderLost;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ReaderReported;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ReaderReset;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ShardProbed;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ShardsListed;
import io.dynamoreplica.flink.protocol.ProtocolEvent.SplitsEnded;
import io.dynamoreplica.flink.protocol.ProtocolEvent.SplitsWithdrawn;
import io.dynamoreplica.flink.protocol.ProtocolEvent.Started;
import io.dynamoreplica.flink.protocol.ProtocolEvent.TableDescribed;
import io.dynamoreplica.flink.protocol.ProtocolEvent.TableEvent;
import io.dynamoreplica.flink.protocol.ProtocolEvent.TableGone;
import io.dynamoreplica.flink.protocol.ProtocolEvent.WaitedLongEnough;
import io.dynamoreplica.flink.protocol.ProtocolEvent.Woken;
import io.dynamoreplica.flink.protocol.TableRules.StartRequest;
import io.dynamoreplica.flink.split.ReplicationSplit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The decisions about all tables of a job. Holds nothing but the rules: the state is an argument and
 * a result.
 *
 * <pre>
 *   event ──▶ learn: what the event means for its table, its reader or the job
 *             advance: every table moves to its next phase if it can
 *             place: splits that may be read are given to readers
 *             tell: readers and Flink are told what they need to know      ──▶ next state, actions
 * </pre>
 */
public final class Protocol {

    private final Map<String, TableRules> rules;
    private final EpochEnds epochEnds;
    private final IdleReaders idleReaders;

    /**
     * @param rules one for each table
     */
    public Protocol(Collection<TableRules> rules) {
        Map<String, TableRules> byTable = new LinkedHashMap<>();
        rules.forEach(rule -> byTable.put(rule.table(), rule));
        this.rules = Collections.unmodifiableMap(byTable);
        this.epochEnds = new EpochEnds(this.rules);
        this.idleReaders = new IdleReaders(this.rules);
    }

    /**
     * Creates the state of a job that begins, or that continues from a checkpoint. A table that is
     * not in the checkpoint begins. A table with another start request begins again. Every other
     * table continues.
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
        return startRequest.restarts(before.startRequest())
                ? before.restartedBy(startRequest.after(before.startRequest()))
                : before;
    }

    /**
     * Decides about one event. Returns the next state, and the actions that the enumerator must run, in
     * this order.
     */
    public Transition step(ProtocolState state, ProtocolEvent event) {
        List<ProtocolAction> actions = new ArrayList<>();
        Context context = new Context(rules, state.readers(), actions);
        ProtocolState learned = learn(context, state, event);
        Context current = context.with(learned.readers());
        ProtocolState advanced = learned.everyTable(table -> TableTransitions.advanced(current, table));
        ProtocolState placed = place(current, advanced);
        ProtocolState told = tellBacklog(current, placed, event instanceof Started);
        actions.addAll(epochEnds.toTell(state, told, event));
        ProtocolState finished = finishReaders(current, told);
        actions.addAll(idleReaders.toTell(state, finished, event));
        return new Transition(finished, actions);
    }

    private static ProtocolState learn(Context context, ProtocolState state, ProtocolEvent event) {
        if (event instanceof TableEvent tableEvent) {
            TableState table = state.tables().get(tableEvent.table());
            return table == null ? state : state.with(learn(context, table, tableEvent));
        } else if (event instanceof ReaderEvent readerEvent) {
            return learn(context, state, readerEvent);
        } else if (event instanceof JobEvent jobEvent) {
            return learn(context, state, jobEvent);
        }
        throw unknown(event);
    }

    private static TableState learn(Context context, TableState table, TableEvent event) {
        if (event instanceof TableDescribed described) {
            return TableTransitions.described(context, table, described);
        } else if (event instanceof TableGone gone) {
            return TableTransitions.gone(context, table, gone);
        } else if (event instanceof Woken woken) {
            return TableTransitions.woken(context, table, woken);
        } else if (event instanceof CopyDue due) {
            return TableTransitions.copyDue(context, table, due);
        } else if (event instanceof ShardsListed listing) {
            return StreamTransitions.listed(context, table, listing);
        } else if (event instanceof NothingGiven nothing) {
            return StreamTransitions.nothingGiven(context, table, nothing);
        } else if (event instanceof ShardProbed probed) {
            return GapTransitions.probed(context, table, probed);
        } else if (event instanceof GapReported gap) {
            return GapTransitions.reported(context, table, gap);
        } else if (event instanceof SplitsWithdrawn withdrawn) {
            return WithdrawalTransitions.withdrawn(context, table, withdrawn);
        }
        throw unknown(event);
    }

    private static ProtocolState learn(Context context, ProtocolState state, ReaderEvent event) {
        if (event instanceof ReaderReported reported) {
            return ReaderTransitions.reported(context, state, reported);
        } else if (event instanceof ReaderLost lost) {
            return state.with(state.readers().without(lost.subtask()));
        } else if (event instanceof ReaderReset reset) {
            return ReaderTransitions.reset(state, reset);
        } else if (event instanceof SplitsEnded ended) {
            return ReaderTransitions.ended(context, state, ended);
        }
        throw unknown(event);
    }

    private static ProtocolState learn(Context context, ProtocolState state, JobEvent event) {
        if (event instanceof Started) {
            return state.everyTable(table -> TableTransitions.started(context, table));
        } else if (event instanceof DiscoveryDue) {
            state.tables().values().forEach(table -> TableTransitions.discover(context, table));
            return state;
        } else if (event instanceof CheckpointStarted started) {
            return state.everyTable(table -> table.checkpointStarted(started.checkpointId()));
        } else if (event instanceof CheckpointCompleted completed) {
            return ReaderTransitions.checkpointCompleted(context, state, completed)
                    .with(state.waits().checkpointCompleted());
        } else if (event instanceof WaitedLongEnough waited) {
            return state.with(state.waits().waitedLongEnough(waited.splitId()));
        }
        throw unknown(event);
    }

    private static IllegalStateException unknown(ProtocolEvent event) {
        return new IllegalStateException("No transition is defined for the event %s".formatted(event));
    }

    private static ProtocolState place(Context context, ProtocolState state) {
        Placement placement = new Placement(state);
        ProtocolState placed = state.everyTable(table -> {
            SplitLedger splits = table.splits();
            for (Map.Entry<Integer, List<ReplicationSplit>> share :
                    placement.of(table, context.rulesOf(table)).entrySet()) {
                context.add(new Assign(share.getKey(), List.copyOf(share.getValue())));
                splits = splits.assign(share.getValue(), share.getKey());
            }
            return table.with(splits);
        });
        for (String splitId : placement.waiting()) {
            if (!state.waits().shards().contains(splitId)) {
                context.add(new LimitWait(splitId, TimeBounds.BALANCE));
            }
        }
        return placed.with(state.waits().of(placement.waiting()));
    }

    /**
     * Tells readers that no more splits will come, once every table is done. A reader that reports
     * later, as in a batch job without slots for all readers, is told after its report.
     */
    private static ProtocolState finishReaders(Context context, ProtocolState state) {
        if (!state.isOver()) {
            return state;
        }
        Readers readers = state.readers();
        for (int subtask : state.readers().open()) {
            context.add(new NoMoreSplits(subtask));
            readers = readers.finishing(subtask);
        }
        return state.with(readers);
    }

    /**
     * Tells Flink whether there is a backlog. While a table waits at a fence there must be none, or
     * a job might not take the checkpoint for which the table waits.
     *
     * <p>Flink passes the message on to every reader, and the job fails over if a reader has
     * finished meanwhile. So nothing is said once a reader may have finished.
     */
    private static ProtocolState tellBacklog(Context context, ProtocolState state, boolean always) {
        Collection<TableState> tables = state.tables().values();
        boolean backlog = tables.stream().anyMatch(TableState::isBacklog)
                && tables.stream().noneMatch(table -> table.phase().isFence());
        if (state.readers().someMayHaveFinished() || (backlog == state.backlog() && !always)) {
            return state;
        }
        context.add(new SetBacklog(backlog));
        return state.withBacklog(backlog);
    }
}
