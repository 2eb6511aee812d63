/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.engine;

import io.dynamoreplica.flink.split.ReplicationSplit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The record of assigned splits. It tells which splits a reader loses when it goes back to a checkpoint, as Flink
 * does.
 */
final class AssignmentTracker {

    private final TreeMap<Long, Map<Integer, List<ReplicationSplit>>> byCheckpoint = new TreeMap<>();
    private Map<Integer, List<ReplicationSplit>> sinceLast = new HashMap<>();

    void assigned(int subtask, List<ReplicationSplit> splits) {
        sinceLast.computeIfAbsent(subtask, reader -> new ArrayList<>()).addAll(splits);
    }

    void checkpointStarted(long checkpointId) {
        byCheckpoint.put(checkpointId, sinceLast);
        sinceLast = new HashMap<>();
    }

    void checkpointCompleted(long checkpointId) {
        byCheckpoint.headMap(checkpointId, true).clear();
    }

    /** Takes back the splits that the subtask was assigned after this checkpoint. */
    List<ReplicationSplit> takeBack(int subtask, long restoredCheckpointId) {
        List<ReplicationSplit> back = new ArrayList<>();
        byCheckpoint
                .tailMap(restoredCheckpointId, false)
                .values()
                .forEach(assigned -> takeFrom(assigned, subtask, back));
        takeFrom(sinceLast, subtask, back);
        return back;
    }

    private static void takeFrom(
            Map<Integer, List<ReplicationSplit>> assigned, int subtask, List<ReplicationSplit> back) {
        List<ReplicationSplit> splits = assigned.remove(subtask);
        if (splits != null) {
            back.addAll(splits);
        }
    }
}
