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
 * What the task has to do with its output besides handing records on, from the message or the
 * splits that ask for it to the task's next turn: only a turn has the output. An idle task is woken
 * for it. Used by the task's thread alone; not kept in checkpoints.
 */
final class PendingOutputTasks<T> {

    /** What is done once, in a turn. */
    @FunctionalInterface
    interface Step<T> {
        void run(ReaderOutput<T> output) throws IOException;
    }

    private final Queue<Step<T>> waiting = new ArrayDeque<>();
    private CompletableFuture<Void> arrival = new CompletableFuture<>();

    /** What {@link #either} was made from, so that waiting for long does not pile up futures. */
    private CompletableFuture<Void> records = CompletableFuture.completedFuture(null);

    private CompletableFuture<Void> either = records;

    void add(Step<T> step) {
        waiting.add(step);
        arrival.complete(null);
    }

    /** Does all that waits, in the order in which it came. */
    void run(ReaderOutput<T> output) throws IOException {
        if (waiting.isEmpty()) {
            return;
        }
        while (!waiting.isEmpty()) {
            waiting.remove().run(output);
        }
        arrival = new CompletableFuture<>();
    }

    /** When the task has something to do: this, or what it waits for besides. */
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
