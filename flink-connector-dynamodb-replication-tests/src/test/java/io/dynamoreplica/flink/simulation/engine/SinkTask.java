/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.engine;

import io.dynamoreplica.flink.simulation.engine.Element.Barrier;
import io.dynamoreplica.flink.simulation.engine.Element.Row;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A sink subtask with its input channels, one from each source subtask that reaches it. Its checkpoints are
 * aligned: a channel whose barrier has arrived waits until the barriers of all others have arrived.
 */
public final class SinkTask {

    private final int subtask;
    private final Map<Integer, Deque<Element>> channels = new TreeMap<>();
    private final Map<Row, Replicated> rows;
    private final Set<Integer> blocked = new HashSet<>();
    private long aligning = -1;

    SinkTask(int subtask, Collection<Integer> sources, Map<Row, Replicated> rows) {
        this.subtask = subtask;
        this.rows = new HashMap<>(rows);
        sources.forEach(source -> channels.put(source, new ArrayDeque<>()));
    }

    public int subtask() {
        return subtask;
    }

    public Map<Row, Replicated> rows() {
        return rows;
    }

    void receive(int source, Element element) {
        channels.get(source).add(element);
    }

    /** Returns the source subtasks from which an element can be taken now. */
    List<Integer> ready() {
        List<Integer> ready = new ArrayList<>();
        channels.forEach((source, channel) -> {
            if (!channel.isEmpty() && !blocked.contains(source)) {
                ready.add(source);
            }
        });
        return ready;
    }

    Element take(int source) {
        return channels.get(source).remove();
    }

    Optional<Replicated> row(Row row) {
        return Optional.ofNullable(rows.get(row));
    }

    void put(Row row, Replicated replicated) {
        rows.put(row, replicated);
    }

    /**
     * Takes a barrier.
     *
     * @return whether the barrier is the last one of its checkpoint, so that the snapshot is due
     */
    boolean barrier(int source, Barrier barrier) {
        if (barrier.checkpointId() != aligning) {
            blocked.clear();
            aligning = barrier.checkpointId();
        }
        blocked.add(source);
        return blocked.size() == channels.size();
    }

    /** Continues after the checkpoint was taken, or aborted. */
    void resume() {
        blocked.clear();
        aligning = -1;
    }

    /** Returns the number of changes that were emitted and not applied yet. */
    long inFlight() {
        return channels.values().stream()
                .flatMap(Collection::stream)
                .filter(Element.Change.class::isInstance)
                .count();
    }

    /** Tells whether an item that was scanned for this epoch of the table has not arrived yet. */
    public boolean hasScannedInFlight(String table, long epoch) {
        return channels.values().stream()
                .flatMap(Collection::stream)
                .anyMatch(element -> element instanceof Element.Change change
                        && change.isScanned()
                        && change.epoch() == epoch
                        && change.row().table().equals(table));
    }
}
