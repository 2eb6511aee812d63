/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.change.DynamoDbDeserializationSchema;
import io.dynamoreplica.flink.change.EpochEvent;
import io.dynamoreplica.flink.change.EpochEvent.Kind;
import io.dynamoreplica.flink.split.EpochEnded;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.SourceOutput;

/**
 * Ends of copies that the enumerator has told of, from the message to the next turn of the task: a
 * message may emit nothing itself. Used by the task's thread alone; not kept in checkpoints,
 * because the enumerator tells each attempt anew.
 */
final class Announcements<T> {

    private final DynamoDbDeserializationSchema<T> schema;
    private final Queue<EpochEnded> waiting = new ArrayDeque<>();
    private final TimestampedOutput<T> out = new TimestampedOutput<>();
    private CompletableFuture<Void> arrival = new CompletableFuture<>();

    /** What {@link #either} was made from, so that waiting for long does not pile up futures. */
    private CompletableFuture<Void> records = CompletableFuture.completedFuture(null);

    private CompletableFuture<Void> either = records;

    Announcements(DynamoDbDeserializationSchema<T> schema) {
        this.schema = schema;
    }

    void add(EpochEnded ended) {
        waiting.add(ended);
        arrival.complete(null);
    }

    /** Emits all that wait. */
    void emit(SourceOutput<T> output) throws IOException {
        if (waiting.isEmpty()) {
            return;
        }
        while (!waiting.isEmpty()) {
            EpochEnded ended = waiting.remove();
            EpochEvent end = new EpochEvent(ended.table(), ended.epoch(), Kind.END);
            schema.epoch(end, out.at(output, ended.begun()));
        }
        arrival = new CompletableFuture<>();
    }

    /** When the task has something to do: an announcement, or what it waits for besides. */
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
