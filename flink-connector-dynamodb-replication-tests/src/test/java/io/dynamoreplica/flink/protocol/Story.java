/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.ProtocolAction.Assign;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForContradiction;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForGap;
import io.dynamoreplica.flink.protocol.ProtocolAction.Forget;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoMoreSplits;
import io.dynamoreplica.flink.protocol.ProtocolAction.SendEpochEnded;
import io.dynamoreplica.flink.protocol.ProtocolAction.SetBacklog;
import io.dynamoreplica.flink.protocol.ProtocolAction.Withdraw;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ReaderLost;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ReaderReported;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ReaderReset;
import io.dynamoreplica.flink.protocol.ProtocolEvent.SplitsEnded;
import io.dynamoreplica.flink.protocol.ProtocolEvent.SplitsWithdrawn;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A history of one job. It applies events to the real protocol, carries its actions out on readers that differ only
 * in their splits, and answers its calls from a scripted table. Splits have short names: {@code segment-0}, or the
 * id of a shard.
 */
final class Story {

    static final long BEGINNING = 1_750_000_000_000L;

    /** The assigned splits, and the checkpoint that contains each assignment, as Flink tracks them. */
    final StoryCheckpoints checkpoints = new StoryCheckpoints(this);

    final Map<String, ScriptedTable> tables = new LinkedHashMap<>();
    final ScriptedDynamoDb dynamoDb = new ScriptedDynamoDb(tables, this::send);
    final Map<Integer, ReaderModel> readers = new TreeMap<>();
    final List<FailForGap> gaps = new ArrayList<>();
    final List<FailForContradiction> contradictions = new ArrayList<>();
    final List<ProtocolAction> actions = new ArrayList<>();

    private final Protocol protocol;
    private final Deque<ProtocolEvent> inbox = new ArrayDeque<>();
    private boolean running;
    private ProtocolState state;
    private Optional<Boolean> backlog = Optional.empty();

    private Story(List<TableRules> rules, int parallelism) {
        this.protocol = new Protocol(rules);
        rules.forEach(rule -> tables.put(rule.table(), new ScriptedTable()));
        reset(Map.of(), parallelism);
    }

    static Story of(int parallelism, TableRules... rules) {
        return new Story(List.of(rules), parallelism);
    }

    /** Returns a story whose table has one open shard of this name, has been copied, and is streaming. */
    static Story streaming(int parallelism, String shard, TableRules rules) {
        Story story = of(parallelism, rules);
        story.table().open(shard);
        story.begin().copied();
        if (story.phase() != Phase.STREAMING) {
            throw new AssertionError("Expected STREAMING, got " + story.phase());
        }
        return story;
    }

    ScriptedTable table() {
        return tables.values().iterator().next();
    }

    /** Starts the enumerator, and lets every reader report. */
    Story begin() {
        start();
        readers.keySet().forEach(this::report);
        return this;
    }

    Story start() {
        return send(new ProtocolEvent.Started());
    }

    /** Reports the splits with which the new attempt of a reader was restored. */
    Story report(int subtask) {
        ReaderModel reader = readers.get(subtask);
        reader.reported = true;
        return send(
                new ReaderReported(subtask, List.copyOf(reader.held.values()), List.copyOf(reader.finished.values())));
    }

    /** Lets a reader emit the rest of these splits and report it. */
    Story finish(int subtask, String... names) {
        return send(new SplitsEnded(subtask, finishSilently(subtask, names)));
    }

    /** As {@link #finish}, but the message is lost. */
    List<ReplicationSplit> finishSilently(int subtask, String... names) {
        List<ReplicationSplit> ended = new ArrayList<>();
        for (String name : names) {
            ended.add(readers.get(subtask).finish(idOf(subtask, name)));
        }
        return ended;
    }

    /** Lets every reader finish every segment that it has, until none is left. */
    Story finishSegments() {
        boolean more = true;
        while (more) {
            more = false;
            for (int subtask : readers.keySet()) {
                String[] segments = holds(subtask).stream()
                        .filter(name -> name.startsWith("segment-"))
                        .toArray(String[]::new);
                if (segments.length > 0) {
                    finish(subtask, segments);
                    more = true;
                }
            }
        }
        return this;
    }

    /** Reads all segments and passes the fence. */
    Story copied() {
        finishSegments();
        return checkpoint();
    }

    /** Takes a checkpoint of the enumerator and of every reader, and completes it. */
    Story checkpoint() {
        checkpoints.complete(checkpoints.start());
        return this;
    }

    /** Fails a reader, which goes back to the last completed checkpoint and has not reported yet. */
    Story fail(int subtask) {
        checkpoints.abortAll();
        send(new ReaderLost(subtask));
        List<ReplicationSplit> returned = checkpoints.assignedSince(subtask);
        readers.put(subtask, checkpoints.restoredReader(subtask));
        return send(new ReaderReset(subtask, returned));
    }

    /** As {@link #fail} in a HybridSource, which does not report a reset if no split comes back. */
    Story failWithoutReset(int subtask) {
        checkpoints.abortAll();
        send(new ReaderLost(subtask));
        if (!checkpoints.assignedSince(subtask).isEmpty()) {
            throw new AssertionError("Splits come back from reader " + subtask);
        }
        readers.put(subtask, checkpoints.restoredReader(subtask));
        return this;
    }

    Story failAndReport(int subtask) {
        return fail(subtask).report(subtask);
    }

    /** Takes the whole job back to the last completed checkpoint. No reader has reported yet. */
    Story restore(int parallelism) {
        checkpoints.restore(parallelism);
        return this;
    }

    /** For {@link StoryCheckpoints}. */
    void reset(Map<String, TableState> restored, int parallelism) {
        readers.clear();
        for (int subtask = 0; subtask < parallelism; subtask++) {
            readers.put(subtask, new ReaderModel());
        }
        inbox.clear();
        dynamoDb.forgetCalls();
        state = protocol.initial(new EnumeratorState(restored), parallelism);
    }

    /** Holds DynamoDB's answers back until {@link #answer}. */
    Story holdAnswersBack() {
        dynamoDb.holdAnswersBack();
        return this;
    }

    /** Delivers the oldest answer that was held back. */
    Story answerOldest() {
        dynamoDb.answerOldest();
        return this;
    }

    Story answer() {
        dynamoDb.answerAll();
        return this;
    }

    /** Lets time pass, with every event that is due in it. */
    Story pass(long millis) {
        dynamoDb.pass(millis);
        return this;
    }

    Story discover() {
        return send(new ProtocolEvent.DiscoveryDue());
    }

    /** Runs a discovery after each interval of this length, several times. */
    Story discoverEvery(long millis, int times) {
        for (int i = 0; i < times; i++) {
            pass(millis);
            discover();
        }
        return this;
    }

    Story send(ProtocolEvent event) {
        inbox.add(event);
        if (running) {
            return this;
        }
        running = true;
        while (!inbox.isEmpty()) {
            Transition step = protocol.step(state, inbox.remove());
            state = step.state();
            step.actions().forEach(this::perform);
        }
        running = false;
        return this;
    }

    private void perform(ProtocolAction action) {
        actions.add(action);
        if (action instanceof Assign assign) {
            assign(assign);
        } else if (action instanceof Forget forget) {
            ReaderModel reader = readers.get(forget.subtask());
            reader.deliver(() -> reader.finished.keySet().removeAll(forget.splitIds()));
        } else if (action instanceof Withdraw withdraw) {
            ReaderModel reader = readers.get(withdraw.subtask());
            reader.deliver(() -> withdraw(reader, withdraw));
        } else if (action instanceof SendEpochEnded end) {
            readers.get(end.subtask()).told(end);
        } else if (action instanceof NoMoreSplits noMore) {
            readers.get(noMore.subtask()).noMoreSplits = true;
        } else if (action instanceof SetBacklog set) {
            backlog = Optional.of(set.backlog());
        } else if (action instanceof FailForGap gap) {
            gaps.add(gap);
        } else if (action instanceof FailForContradiction contradiction) {
            contradictions.add(contradiction);
        } else {
            dynamoDb.call(action);
        }
    }

    private void withdraw(ReaderModel reader, Withdraw withdraw) {
        reader.withdraw(withdraw.table(), withdraw.epoch());
        send(new SplitsWithdrawn(withdraw.subtask(), withdraw.table(), withdraw.epoch()));
    }

    private void assign(Assign assign) {
        ReaderModel reader = readers.get(assign.subtask());
        if (!reader.reported || reader.noMoreSplits) {
            throw new AssertionError("Reader " + assign.subtask() + " takes no splits: " + assign);
        }
        checkpoints.assigned(assign.subtask(), assign.splits());
        reader.deliver(() -> assign.splits().forEach(split -> reader.held.put(split.splitId(), split)));
    }

    /** Returns the short names of the splits that a reader still has to read. */
    List<String> holds(int subtask) {
        return readers.get(subtask).held.values().stream().map(Story::nameOf).toList();
    }

    /** Returns the short names of the splits that any reader still has to read. */
    List<String> held() {
        return readers.keySet().stream()
                .flatMap(subtask -> holds(subtask).stream())
                .toList();
    }

    /** Returns the short names of the ends in a reader's state. */
    List<String> keeps(int subtask) {
        return readers.get(subtask).finished.values().stream()
                .map(Story::nameOf)
                .toList();
    }

    ShardSplit shard(String shardId) {
        return (ShardSplit) state().splits()
                .find(ShardSplit.idOf(state().table(), state().epoch(), shardId))
                .orElseThrow(() -> new AssertionError("No split of shard " + shardId))
                .split();
    }

    /** Returns the short names of all known splits. */
    List<String> splits() {
        return state().splits().entries().stream()
                .map(entry -> nameOf(entry.split()))
                .toList();
    }

    static String nameOf(ReplicationSplit split) {
        return split instanceof ScanSplit scan ? "segment-" + scan.segment() : ((ShardSplit) split).shardId();
    }

    private String idOf(int subtask, String name) {
        return readers.get(subtask).held.values().stream()
                .filter(split -> nameOf(split).equals(name))
                .map(ReplicationSplit::splitId)
                .findFirst()
                .orElseThrow(() -> new AssertionError("Reader " + subtask + " has " + holds(subtask)));
    }

    Phase phase() {
        return state().phase();
    }

    /** Returns the state of the first table. */
    TableState state() {
        return state.tables().values().iterator().next();
    }

    Map<String, TableState> tableStates() {
        return state.tables();
    }

    boolean backlog() {
        return backlog.orElseThrow(() -> new AssertionError("Flink was told nothing"));
    }

    Story forgetBacklog() {
        backlog = Optional.empty();
        return this;
    }

    long now() {
        return dynamoDb.now();
    }

    <T extends ProtocolAction> List<T> actions(Class<T> kind) {
        return actions.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
