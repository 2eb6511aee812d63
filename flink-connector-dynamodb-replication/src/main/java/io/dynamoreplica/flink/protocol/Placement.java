/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Which reader gets which split: segments as long as readers have room, shards to the reader that
 * must have them or else to the one with the fewest.
 *
 * <p>One for each step. How much a reader has counts over all tables, or many small tables would
 * all go to the first reader; it is counted when the first split asks for it, since at most events
 * none does.
 */
final class Placement {

    private final ProtocolState job;
    private Map<Integer, Long> segmentLoad = Map.of();
    private Map<Integer, Long> shardLoad = Map.of();

    Placement(ProtocolState job) {
        this.job = job;
    }

    /** By subtask, the splits of one table to give; subtasks that get nothing are not in it. */
    Map<Integer, List<ReplicationSplit>> of(TableState state, TableRules rules) {
        Map<Integer, List<ReplicationSplit>> placed = new TreeMap<>();
        if (state.phase().compareTo(Phase.SCANNING) >= 0) {
            placeSegments(state, rules.scan().segmentsPerReader(), placed);
        }
        if (job.readers().allReported()
                && ShardReadiness.streamMayBeRead(state, rules.handOver())) {
            placeShards(state, rules.stream().closedShardsOnly(), placed);
        }
        return placed;
    }

    private void placeSegments(
            TableState state, int room, Map<Integer, List<ReplicationSplit>> placed) {
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

    private void placeShards(
            TableState state, boolean closedOnly, Map<Integer, List<ReplicationSplit>> placed) {
        Iterator<ShardSplit> waiting = state.splits().unassignedShards().iterator();
        while (waiting.hasNext()) {
            ShardSplit shard = waiting.next();
            ShardReadiness readiness = ShardReadiness.of(state, shard, closedOnly);
            if (readiness instanceof ShardReadiness.ForAnybody) {
                least(shardLoad()).ifPresent(subtask -> place(shard, subtask, shardLoad(), placed));
            } else if (readiness instanceof ShardReadiness.OnlyFor only
                    && job.readers().isOpen(only.subtask())) {
                place(shard, only.subtask(), shardLoad(), placed);
            }
        }
    }

    private Map<Integer, Long> segmentLoad() {
        if (segmentLoad.isEmpty()) {
            segmentLoad = load(SplitLedger::segmentsByReader);
        }
        return segmentLoad;
    }

    private Map<Integer, Long> shardLoad() {
        if (shardLoad.isEmpty()) {
            shardLoad = load(SplitLedger::shardsByReader);
        }
        return shardLoad;
    }

    private Map<Integer, Long> load(Function<SplitLedger, Map<Integer, Long>> held) {
        Map<Integer, Long> load = new TreeMap<>();
        job.readers().open().forEach(subtask -> load.put(subtask, 0L));
        for (TableState table : job.tables().values()) {
            held.apply(table.splits())
                    .forEach((reader, has) -> load.computeIfPresent(reader, (r, all) -> all + has));
        }
        return load;
    }

    private static Optional<Integer> least(Map<Integer, Long> load) {
        return load.entrySet().stream().min(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    private static void place(
            ReplicationSplit split,
            int subtask,
            Map<Integer, Long> load,
            Map<Integer, List<ReplicationSplit>> placed) {
        placed.computeIfAbsent(subtask, reader -> new ArrayList<>()).add(split);
        load.merge(subtask, 1L, Long::sum);
    }
}
