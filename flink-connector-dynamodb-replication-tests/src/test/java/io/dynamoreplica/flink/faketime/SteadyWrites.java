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

/**
 * Puts, updates and deletes one after the other, in a thread of its own, until it is told to stop.
 */
final class SteadyWrites implements AutoCloseable {

    private static final int ITEMS = 200;

    /**
     * Of so many writes one is a delete; no divisor of the items, so that it meets each of them.
     */
    private static final int DELETE_EVERY = 7;

    /** About 40 a second: small shards, so that a Scan or a GetRecords never takes long. */
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
     * Returns once no write is under way any more.
     *
     * @throws ExecutionException with the write that failed, after which there were none
     */
    void stop() throws ExecutionException, InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("A write takes longer than a minute");
        }
        try {
            writing.get();
        } catch (CancellationException asWasAsked) {
            // It ended because of the shutdown and of nothing else.
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
