/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.examples.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A writer that changes the table all the time: of ten writes, seven change an order, two add one
 * and one deletes one. One thread of its own makes all writes.
 */
final class LiveWrites implements AutoCloseable {

    private static final int WRITES_PER_TICK = 15;
    private static final long TICK_MILLIS = 100;

    private final OrdersTable table;
    private final OrderGenerator generator;
    private final List<Map<String, AttributeValue>> orders;
    private final Set<OrderKey> loadedKeys;
    private final Set<OrderKey> deletedSinceHandOver = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private int lastNumber;
    private volatile long made;
    private volatile boolean handedOver;
    private volatile RuntimeException failure;

    LiveWrites(OrdersTable table, OrderGenerator generator, List<Map<String, AttributeValue>> loaded) {
        this.table = table;
        this.generator = generator;
        this.orders = new ArrayList<>(loaded);
        this.loadedKeys = loaded.stream().map(OrderKey::of).collect(Collectors.toSet());
        this.lastNumber = loaded.size();
    }

    void start() {
        thread.scheduleAtFixedRate(this::writeSome, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    long made() {
        return made;
    }

    /**
     * Says that the copy is complete. If a loaded order is deleted after this, only the stream can
     * remove it from the replica.
     */
    void copyIsComplete() {
        handedOver = true;
    }

    Set<OrderKey> deletedSinceHandOver() {
        return Set.copyOf(deletedSinceHandOver);
    }

    /**
     * Returns once the last write has been acknowledged.
     *
     * @throws IllegalStateException if a write has failed
     */
    void stop() {
        close();
        if (failure != null) {
            throw new IllegalStateException("A write to the table failed", failure);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeSome() {
        try {
            for (int i = 0; i < WRITES_PER_TICK; i++) {
                writeOne();
                made++;
            }
        } catch (RuntimeException e) {
            failure = e;
            thread.shutdown();
        }
    }

    private void writeOne() {
        int kind = generator.below(10);
        int chosen = generator.below(orders.size());
        long now = System.currentTimeMillis();
        if (kind == 0) {
            OrderKey key = OrderKey.of(orders.remove(chosen));
            boolean copiedBefore = handedOver && loadedKeys.contains(key);
            table.delete(key);
            if (copiedBefore) {
                deletedSinceHandOver.add(key);
            }
        } else if (kind <= 2) {
            Map<String, AttributeValue> order = generator.order(++lastNumber, now);
            table.put(order);
            orders.add(order);
        } else {
            Map<String, AttributeValue> order = generator.changed(orders.get(chosen), now);
            table.put(order);
            orders.set(chosen, order);
        }
    }
}
