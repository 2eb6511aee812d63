/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;

/**
 * The work that needs the reader's output, besides emitting records. It waits until Flink calls {@code
 * pollNext}, because only that call has the output. If the task is idle, new work wakes it. Used only
 * by the task's thread; not kept in checkpoints.
 */
final class PendingOutputTasks<T> {

    /** A piece of work that is done once. */
    @FunctionalInterface
    interface OutputTask<T> {
        void run(ReaderOutput<T> output) throws IOException;
    }

    private final Queue<OutputTask<T>> waiting = new ArrayDeque<>();
    private CompletableFuture<Void> arrival = new CompletableFuture<>();

    /**
     * The future from which {@link #either} was made. A long wait returns the same future again and
     * again, and so does not add a callback to it each time.
     */
    private CompletableFuture<Void> records = CompletableFuture.completedFuture(null);

    private CompletableFuture<Void> either = records;

    void add(OutputTask<T> task) {
        waiting.add(task);
        arrival.complete(null);
    }

    /** Does all the work that waits, in the order in which it was added. */
    void run(ReaderOutput<T> output) throws IOException {
        if (waiting.isEmpty()) {
            return;
        }
        while (!waiting.isEmpty()) {
            waiting.remove().run(output);
        }
        arrival = new CompletableFuture<>();
    }

    /** Returns a future that completes when there is work here, or when there are new records. */
    CompletableFuture<Void> orWhen(CompletableFuture<Void> newRecords) {
        if (newRecords.isDone() || arrival.isDone()) {
            return CompletableFuture.completedFuture(null);
        }
        if (newRecords != records || either.isDone()) {
            records = newRecords;
            either = CompletableFuture.anyOf(records, arrival).thenApply(first -> null);
        }
        return either;
    }
}
