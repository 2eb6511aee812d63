/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.policy.HandOver;
import io.dynamoreplica.flink.protocol.SplitStatus.Ended;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The choice of a reader for each split.
 *
 * <ul>
 *   <li>A segment goes to the reader with the fewest segments, as long as a reader has room.
 *   <li>A shard that any reader may have goes to the reader with the fewest shards.
 *   <li>A shard that only its parent's reader may have goes to that reader. If that reader would have
 *       {@link Balance clearly more} shards than another one, and a checkpoint can be expected soon,
 *       the shard waits for the checkpoint. After it, any reader may have the shard.
 * </ul>
 *
 * <p>There is one object for each event. The splits of a reader are counted over all tables,
 * otherwise many small tables would all go to the first reader. They are counted only when a split
 * needs a reader, because at most events no split does.
 */
final class Placement {

    private final ProtocolState job;
    private Map<Integer, Long> segmentLoad = Map.of();
    private Map<Integer, Long> shardLoad = Map.of();

    /** Ids of the splits that wait for a checkpoint, of all tables that were placed so far. */
    private final Set<String> waiting = new TreeSet<>();

    Placement(ProtocolState job) {
        this.job = job;
    }

    /** Returns, by subtask, the splits of one table to assign; a subtask without a new split is absent. */
    Map<Integer, List<ReplicationSplit>> of(TableState state, TableRules rules) {
        Map<Integer, List<ReplicationSplit>> placed = new TreeMap<>();
        if (state.phase().mayScan()) {
            placeSegments(state, rules.scan().segmentsPerReader(), placed);
        }
        if (job.readers().allReported()
                && ShardReadiness.streamMayBeRead(state, rules.stream().duringScan())) {
            placeShards(state, rules, placed);
        }
        return placed;
    }

    Set<String> waiting() {
        return waiting;
    }

    private void placeSegments(TableState state, int room, Map<Integer, List<ReplicationSplit>> placed) {
        if (!state.splits().hasUnassignedSegments()) {
            return;
        }
        Map<Integer, Long> load = segmentLoad();
        Iterator<ScanSplit> waiting = state.splits().unassignedSegments().iterator();
        Optional<Integer> subtask = withRoom(load, room);
        while (subtask.isPresent() && waiting.hasNext()) {
            place(waiting.next(), subtask.get(), load, placed);
            subtask = withRoom(load, room);
        }
    }

    private static Optional<Integer> withRoom(Map<Integer, Long> load, int room) {
        return least(load).filter(reader -> load.get(reader) < room);
    }

    private void placeShards(TableState state, TableRules rules, Map<Integer, List<ReplicationSplit>> placed) {
        List<ShardSplit> forAnyReader = new ArrayList<>();
        Map<ShardSplit, Integer> onlyFor = new LinkedHashMap<>();
        Iterator<ShardSplit> unassigned = state.splits().unassignedShards().iterator();
        while (unassigned.hasNext()) {
            ShardSplit shard = unassigned.next();
            ShardReadiness readiness =
                    ShardReadiness.of(state, shard, rules.stream().closedShardsOnly());
            if (readiness instanceof ShardReadiness.ForAnyReader) {
                forAnyReader.add(shard);
            } else if (readiness instanceof ShardReadiness.OnlyFor only) {
                if (job.readers().isOpen(only.subtask())) {
                    onlyFor.put(shard, only.subtask());
                }
            } else if (!(readiness instanceof ShardReadiness.NotYet)) {
                throw new IllegalStateException("Unknown readiness %s of %s".formatted(readiness, shard.splitId()));
            }
        }
        placeBehindParents(onlyFor, mayWait(rules), placed);
        for (ShardSplit shard : forAnyReader) {
            least(shardLoad()).ifPresent(subtask -> place(shard, subtask, shardLoad(), placed));
        }
    }

    /**
     * Places children behind their parents. Before the first one is placed, each child counts for the
     * reader of its parent: if many shards roll over together, a reader whose children come last in
     * the listing would otherwise seem to have few shards.
     */
    private void placeBehindParents(
            Map<ShardSplit, Integer> children, boolean mayWait, Map<Integer, List<ReplicationSplit>> placed) {
        children.values().forEach(home -> shardLoad().merge(home, 1L, Long::sum));
        children.forEach((child, home) -> {
            shardLoad().merge(home, -1L, Long::sum);
            int least = least(shardLoad()).orElse(home);
            if (mayWait && isClearlyMore(home, least)) {
                waiting.add(child.splitId());
                shardLoad().merge(least, 1L, Long::sum);
            } else {
                place(child, home, shardLoad(), placed);
            }
        });
    }

    private boolean isClearlyMore(int home, int least) {
        return Balance.isClearlyMore(shardLoad().get(home) + 1, shardLoad().get(least));
    }

    /**
     * Returns whether a checkpoint can be expected soon. If the hand-over does not wait for a checkpoint, the
     * job may take none. While a table is copied, Flink may be configured to take none.
     */
    private boolean mayWait(TableRules rules) {
        return job.waits().expected()
                && rules.handOver() != HandOver.IMMEDIATE
                && rules.stream().balanced()
                && job.tables().values().stream().noneMatch(TableState::isBacklog);
    }

    private Map<Integer, Long> segmentLoad() {
        if (segmentLoad.isEmpty()) {
            segmentLoad = load(table -> table.splits().segmentsByReader());
        }
        return segmentLoad;
    }

    private Map<Integer, Long> shardLoad() {
        if (shardLoad.isEmpty()) {
            shardLoad = load(table -> table.splits().shardsByReader());
            job.tables().values().forEach(this::countAwaitedChildren);
        }
        return shardLoad;
    }

    /** Counts the children of ended shards, which listings show only some seconds later. */
    private void countAwaitedChildren(TableState table) {
        Set<String> parents = table.lineage().parents();
        table.lineage().nodes().stream()
                .map(node -> node.shard().shardId())
                .filter(shardId -> !parents.contains(shardId))
                .flatMap(shardId -> table.statusOf(shardId).stream())
                .filter(Ended.class::isInstance)
                .forEach(ended -> shardLoad.computeIfPresent(((Ended) ended).subtask(), (reader, has) -> has + 1));
    }

    private Map<Integer, Long> load(Function<TableState, Map<Integer, Long>> held) {
        Map<Integer, Long> load = new TreeMap<>();
        job.readers().open().forEach(subtask -> load.put(subtask, 0L));
        for (TableState table : job.tables().values()) {
            held.apply(table).forEach((reader, has) -> load.computeIfPresent(reader, (r, all) -> all + has));
        }
        return load;
    }

    private static Optional<Integer> least(Map<Integer, Long> load) {
        return load.entrySet().stream().min(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    private static void place(
            ReplicationSplit split, int subtask, Map<Integer, Long> load, Map<Integer, List<ReplicationSplit>> placed) {
        placed.computeIfAbsent(subtask, reader -> new ArrayList<>()).add(split);
        load.merge(subtask, 1L, Long::sum);
    }
}
