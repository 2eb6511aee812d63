/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.cluster;

import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes to the table for as long as the run takes: existing orders, new ones, and deletes, which
 * ones a seed decides. A deleted order may come back.
 */
final class Writes implements AutoCloseable {

    /** A tenth of what DynamoDB Local takes, so that it has time left to be scanned. */
    private static final int PER_SECOND = 200;

    private static final int OF_WHICH_DELETES_IN_PERCENT = 20;

    /** Far from the orders that are written at random. */
    private static final long FIRST_MARK = 1_000_000_000;

    private final OrdersTable table;
    private final long numbers;
    private final Random random;
    private final AtomicLong puts = new AtomicLong();
    private final AtomicLong deletes = new AtomicLong();
    private final AtomicLong marks = new AtomicLong();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> writing;

    /**
     * @param numbers orders from 0 to one less are written and deleted
     */
    Writes(OrdersTable table, long numbers, long seed) {
        this.table = table;
        this.numbers = numbers;
        this.random = new Random(seed);
        this.writing = thread.scheduleAtFixedRate(this::writeOnce, 0, 1_000_000 / PER_SECOND, TimeUnit.MICROSECONDS);
    }

    /**
     * Puts an order that no write touches again: a replica that has it has read the stream so far.
     */
    Order mark() {
        Order mark = OrderGenerator.order(FIRST_MARK + marks.getAndIncrement(), 0);
        table.put(mark);
        return mark;
    }

    /** For progress. */
    String counts() {
        return "%,d puts, %,d deletes".formatted(puts.get(), deletes.get());
    }

    /** No write is under way when it returns. */
    void stop() throws Exception {
        if (writing.isDone()) {
            // It ends by failing alone.
            writing.get();
        }
        close();
        if (!thread.awaitTermination(60, TimeUnit.SECONDS)) {
            throw new AssertionError("A write has not ended within a minute");
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void writeOnce() {
        long number = random.nextLong(numbers);
        if (random.nextInt(100) < OF_WHICH_DELETES_IN_PERCENT) {
            table.delete(Order.Key.of(number));
            deletes.incrementAndGet();
        } else {
            table.put(OrderGenerator.order(number, 1 + puts.getAndIncrement()));
        }
    }
}
