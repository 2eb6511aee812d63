/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.DynamoDbDeserializationSchema;
import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.split.EpochEnded;
import io.dynamoreplica.flink.split.ForgetFinished;
import io.dynamoreplica.flink.split.NothingToRead;
import io.dynamoreplica.flink.split.ReaderReport;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ShardClosed;
import io.dynamoreplica.flink.split.SplitsFinished;
import io.dynamoreplica.flink.split.WithdrawSplits;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.testutils.source.reader.TestingReaderContext;
import org.apache.flink.core.io.InputStatus;

/** A source reader for which the test plays the task and the coordinator. */
final class RunningReader implements AutoCloseable {

    private static final long DEADLINE_SECONDS = 60;

    private final RecordingMetrics metrics = new RecordingMetrics();
    private final TestingReaderContext context = new TestingReaderContext(new Configuration(), metrics);
    private final RecordingOutput output = new RecordingOutput();
    private final ReplicationSourceReader<ChangeEvent> reader;

    /**
     * Restores a reader in Flink's order: the splits first, then the start, then an output for each
     * split.
     */
    static RunningReader restored(FakeDynamoDb db, ReplicationConfig config, List<ReplicationSplit> splits) {
        return restored(db, config, splits, new EventSchema());
    }

    static RunningReader restored(
            FakeDynamoDb db,
            ReplicationConfig config,
            List<ReplicationSplit> splits,
            DynamoDbDeserializationSchema<ChangeEvent> schema) {
        RunningReader running = new RunningReader(db, config, schema);
        if (!splits.isEmpty()) {
            running.reader.addSplits(splits);
        }
        running.reader.start();
        splits.forEach(split -> running.output.createOutputForSplit(split.splitId()));
        return running;
    }

    private RunningReader(
            FakeDynamoDb db, ReplicationConfig config, DynamoDbDeserializationSchema<ChangeEvent> schema) {
        reader = new ReplicationSourceReader<>(config, schema, unused -> db.service(), context);
    }

    void assign(List<ReplicationSplit> splits) {
        splits.forEach(split -> output.createOutputForSplit(split.splitId()));
        reader.addSplits(splits);
    }

    void noMoreSplits() {
        reader.notifyNoMoreSplits();
    }

    void forget(String... splitIds) {
        reader.handleSourceEvents(new ForgetFinished(List.of(splitIds)));
    }

    void withdraw(String table, long epoch) {
        reader.handleSourceEvents(new WithdrawSplits(table, epoch));
    }

    void shardClosed(String splitId) {
        reader.handleSourceEvents(new ShardClosed(splitId));
    }

    void ended(String table, long epoch, long begun) {
        reader.handleSourceEvents(new EpochEnded(table, epoch, begun));
    }

    void receive(SourceEvent message) {
        reader.handleSourceEvents(message);
    }

    void nothingToRead() {
        reader.handleSourceEvents(new NothingToRead());
    }

    /** Returns the future for which the task waits while there is nothing to do. */
    CompletableFuture<Void> available() {
        return reader.isAvailable();
    }

    List<ReplicationSplit> snapshot() {
        return reader.snapshotState(1);
    }

    /** Polls once, as the task does. */
    InputStatus poll() throws Exception {
        return reader.pollNext(output);
    }

    /** Polls until every fetched element is emitted. */
    void drain() {
        try {
            while (poll() == InputStatus.MORE_AVAILABLE) {
                continue;
            }
        } catch (Exception e) {
            throw new AssertionError("The task failed", e);
        }
    }

    /** Polls until the condition holds. */
    void pollUntil(String what, BooleanSupplier condition) throws Exception {
        while (!condition.getAsBoolean()) {
            if (poll() == InputStatus.NOTHING_AVAILABLE && !condition.getAsBoolean()) {
                awaitWork(what);
            }
        }
    }

    /** Polls until the end of the input; the fetcher ends asynchronously. */
    void pollUntilEnd() throws Exception {
        InputStatus status = poll();
        while (status != InputStatus.END_OF_INPUT) {
            if (status == InputStatus.NOTHING_AVAILABLE) {
                awaitWork("the end of the input");
            }
            status = poll();
        }
    }

    /** Waits until a fetched element waits for the task. */
    void awaitFetched() throws Exception {
        awaitWork("an element is fetched");
    }

    private void awaitWork(String what) throws Exception {
        try {
            reader.isAvailable().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("Not within " + DEADLINE_SECONDS + " s: " + what, e);
        }
    }

    void pollUntilFinished(int splits) throws Exception {
        pollUntil(splits + " splits reported as finished", () -> reportedFinished() >= splits);
    }

    private long reportedFinished() {
        Stream<ReplicationSplit> restored =
                sent(ReaderReport.class).stream().flatMap(report -> report.finished().stream());
        Stream<ReplicationSplit> ended =
                sent(SplitsFinished.class).stream().flatMap(message -> message.splits().stream());
        return Stream.concat(restored, ended)
                .map(ReplicationSplit::splitId)
                .distinct()
                .count();
    }

    <E extends SourceEvent> List<E> sent(Class<E> type) {
        return context.getSentEvents().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    List<SourceEvent> sent() {
        return context.getSentEvents();
    }

    List<ChangeEvent> events() {
        return output.events();
    }

    RecordingOutput output() {
        return output;
    }

    RecordingMetrics metrics() {
        return metrics;
    }

    @Override
    public void close() throws Exception {
        reader.close();
    }
}
