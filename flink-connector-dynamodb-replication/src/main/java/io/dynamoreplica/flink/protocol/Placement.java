/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongBiFunction;

/**
 * Which reader gets which split: segments as long as readers have room, shards to the reader that
 * must have them or else to the one with the fewest.
 */
final class Placement {

    private final Map<Integer, List<ReplicationSplit>> placed = new TreeMap<>();
    private final ProtocolState job;
    private final TableState state;

    private Placement(ProtocolState job, TableState state) {
        this.job = job;
        this.state = state;
    }

    /**
     * By subtask, the splits of one table to give; subtasks that get nothing are not in it. How
     * much a reader has counts over all tables: else many small tables would all go to the first.
     */
    static Map<Integer, List<ReplicationSplit>> of(
            ProtocolState job, TableState state, TableRules rules) {
        Placement placement = new Placement(job, state);
        if (state.phase().compareTo(Phase.SCANNING) >= 0) {
            placement.placeSegments(rules.scan().segmentsPerReader());
        }
        if (job.readers().allReported()
                && ShardReadiness.streamMayBeRead(state, rules.handOver())) {
            placement.placeShards(rules.stream().closedShardsOnly());
        }
        return placement.placed;
    }

    private void placeSegments(int room) {
        Map<Integer, Long> load = loads(SplitLedger::segmentsWith);
        for (ScanSplit segment : state.splits().unassignedSegments().toList()) {
            Optional<Integer> subtask = least(load).filter(reader -> load.get(reader) < room);
            if (subtask.isEmpty()) {
                return;
            }
            place(segment, subtask.get(), load);
        }
    }

    private void placeShards(boolean closedOnly) {
        Map<Integer, Long> load = loads(SplitLedger::shardsWith);
        for (ShardSplit shard : state.splits().unassignedShards().toList()) {
            ShardReadiness readiness = ShardReadiness.of(state, shard, closedOnly);
            if (readiness instanceof ShardReadiness.ForAnybody) {
                least(load).ifPresent(subtask -> place(shard, subtask, load));
            } else if (readiness instanceof ShardReadiness.OnlyFor only
                    && job.readers().isOpen(only.subtask())) {
                place(shard, only.subtask(), load);
            }
        }
    }

    private Map<Integer, Long> loads(ToLongBiFunction<SplitLedger, Integer> held) {
        Map<Integer, Long> load = new TreeMap<>();
        for (int subtask : job.readers().open()) {
            long all =
                    job.tables().values().stream()
                            .mapToLong(table -> held.applyAsLong(table.splits(), subtask))
                            .sum();
            load.put(subtask, all);
        }
        return load;
    }

    private static Optional<Integer> least(Map<Integer, Long> load) {
        return load.entrySet().stream().min(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    private void place(ReplicationSplit split, int subtask, Map<Integer, Long> load) {
        placed.computeIfAbsent(subtask, reader -> new ArrayList<>()).add(split);
        load.merge(subtask, 1L, Long::sum);
    }
}
