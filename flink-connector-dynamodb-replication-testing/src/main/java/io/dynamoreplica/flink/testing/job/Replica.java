/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.job;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * The contents of a keyed upsert consumer, outside of Flink's state: after a failover of the job,
 * written rows stay, as in a database. Tasks find the replica by its id.
 */
public final class Replica implements AutoCloseable {

    private static final Map<String, Replica> REPLICAS = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private final Map<Map<String, AttributeValue>, Map<String, AttributeValue>> items = new ConcurrentHashMap<>();
    private final Map<Map<String, AttributeValue>, Long> epochs = new ConcurrentHashMap<>();
    private final Queue<ChangeEvent> events = new ConcurrentLinkedQueue<>();
    private final AtomicLong applied = new AtomicLong();
    private final boolean history;

    private Replica(boolean history) {
        this.history = history;
        REPLICAS.put(id, this);
    }

    /** Creates a replica that also keeps every event, for a test with few of them. */
    public static Replica withHistory() {
        return new Replica(true);
    }

    public static Replica create() {
        return new Replica(false);
    }

    static Replica find(String id) {
        return REPLICAS.get(id);
    }

    String id() {
        return id;
    }

    void apply(ChangeEvent event) {
        applied.incrementAndGet();
        if (history) {
            events.add(event.materialised());
        }
        if (event.operation() == Operation.REMOVE) {
            items.remove(event.keys().materialise());
        } else {
            // The epoch is written first, so that a concurrent reader sees no item without an
            // epoch.
            epochs.put(event.keys().materialise(), event.epoch());
            items.put(event.keys().materialise(), event.after().materialise());
        }
    }

    /** Counts the applied events, repetitions after failures included. */
    public long applied() {
        return applied.get();
    }

    /** Counts the items. */
    public int size() {
        return items.size();
    }

    /** Tells whether the replica contains the items of the table, and nothing else. */
    public boolean equalsTable(FakeTable table) {
        return holds(TableContents.of(table));
    }

    /**
     * Tells whether the replica equals the table once items of older epochs are removed. A user can
     * do this with the epoch column: items that the last copy did not touch were deleted.
     */
    public boolean equalsTableOnceOlderEpochsAreRemoved(FakeTable table) {
        return holdsOnceOlderEpochsAreRemoved(TableContents.of(table));
    }

    /**
     * Does the same as {@link #equalsTableOnceOlderEpochsAreRemoved} for the contents of any table.
     */
    public boolean holdsOnceOlderEpochsAreRemoved(
            Map<Map<String, AttributeValue>, Map<String, AttributeValue>> contents) {
        long latest = latestEpoch();
        Map<Map<String, AttributeValue>, Map<String, AttributeValue>> current = new HashMap<>(items);
        current.keySet().removeIf(key -> epochs.get(key) < latest);
        return current.equals(contents);
    }

    /** Returns the newest epoch of any item, 0 if there is none. */
    public long latestEpoch() {
        return epochs.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** Tells whether the replica contains these items by their keys, and nothing else. */
    public boolean holds(Map<Map<String, AttributeValue>, Map<String, AttributeValue>> contents) {
        return items.equals(contents);
    }

    /** Returns the last applied image of each item, by key. */
    public Map<Map<String, AttributeValue>, Map<String, AttributeValue>> items() {
        return Map.copyOf(items);
    }

    /** Returns the events in the order in which they were applied, repetitions included. */
    public List<ChangeEvent> events() {
        return List.copyOf(events);
    }

    public long count(Operation operation) {
        return events.stream().filter(event -> event.operation() == operation).count();
    }

    public Map<Operation, Long> counts() {
        return events.stream().collect(Collectors.groupingBy(ChangeEvent::operation, Collectors.counting()));
    }

    @Override
    public void close() {
        REPLICAS.remove(id);
    }
}
