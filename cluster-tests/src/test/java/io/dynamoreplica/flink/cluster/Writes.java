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
 * A thread that writes to the table during the whole run: updates of existing orders, new orders,
 * and deletes, chosen by a seed. A deleted order may be written again.
 */
final class Writes implements AutoCloseable {

    /**
     * The write rate: a tenth of what DynamoDB Local accepts, so that enough capacity is left for a
     * Scan.
     */
    private static final int PER_SECOND = 200;

    private static final int OF_WHICH_DELETES_IN_PERCENT = 20;

    /** The number of the first mark, far from the orders that are written at random. */
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
     * Begins to write.
     *
     * @param numbers orders from 0 to one less than this are written and deleted
     */
    Writes(OrdersTable table, long numbers, long seed) {
        this.table = table;
        this.numbers = numbers;
        this.random = new Random(seed);
        this.writing = thread.scheduleAtFixedRate(this::writeOnce, 0, 1_000_000 / PER_SECOND, TimeUnit.MICROSECONDS);
    }

    /**
     * Puts an order that no other write changes. If a replica contains it, the stream has been read
     * up to this write.
     */
    Order mark() {
        Order mark = OrderGenerator.order(FIRST_MARK + marks.getAndIncrement(), 0);
        table.put(mark);
        return mark;
    }

    /** Describes the number of writes, for progress. */
    String counts() {
        return "%,d puts, %,d deletes".formatted(puts.get(), deletes.get());
    }

    /** Stops the writes. When it returns, no write is in progress. */
    void stop() throws Exception {
        if (writing.isDone()) {
            // The writing task ends by itself only if it fails; get() throws its failure.
            writing.get();
        }
        close();
        if (!thread.awaitTermination(60, TimeUnit.SECONDS)) {
            throw new AssertionError("A write did not end within a minute");
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
