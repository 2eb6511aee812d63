/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.faketime;

import io.dynamoreplica.flink.testing.job.LocalTable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A thread that puts, updates and deletes items, one after the other, until it is stopped. */
final class SteadyWrites implements AutoCloseable {

    private static final int ITEMS = 200;

    /**
     * One in this number of writes is a delete. The number does not divide the number of items, so that deletes
     * meet every item.
     */
    private static final int DELETE_EVERY = 7;

    /** About 40 writes a second. This keeps shards small, so that a Scan or a GetRecords call never takes long. */
    private static final long REST_MILLIS = 20;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final LocalTable table;
    private final ScheduledFuture<?> writing;
    private volatile int writes;

    private SteadyWrites(LocalTable table) {
        this.table = table;
        writing = thread.scheduleWithFixedDelay(this::write, 0, REST_MILLIS, TimeUnit.MILLISECONDS);
    }

    static SteadyWrites to(LocalTable table) {
        return new SteadyWrites(table);
    }

    private void write() {
        int number = writes % ITEMS;
        if (writes % DELETE_EVERY == 0) {
            table.delete(number);
        } else {
            table.put(number, writes);
        }
        writes++;
    }

    int count() {
        return writes;
    }

    /**
     * Stops the writes, and returns when no write is in progress.
     *
     * @throws ExecutionException with the write that failed; no write followed it
     */
    void stop() throws ExecutionException, InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("A write takes longer than a minute");
        }
        try {
            writing.get();
        } catch (CancellationException asWasAsked) {
            // The task ended only because of the shutdown.
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
