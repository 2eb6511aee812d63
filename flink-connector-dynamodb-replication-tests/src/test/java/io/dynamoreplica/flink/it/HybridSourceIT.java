/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it;

import static io.dynamoreplica.flink.testing.fake.Items.item;

import io.dynamoreplica.flink.DynamoDbReplicationSource;
import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.DynamoDbDeserializationSchema;
import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.config.ReplicationConfigParser;
import io.dynamoreplica.flink.service.DynamoDbServiceFactory;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import io.dynamoreplica.flink.testing.job.FakeReplication;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.InducedFailure;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.job.SeenNumbers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.connector.base.source.hybrid.HybridSource;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tests of the source within a {@link HybridSource}. A {@link HybridSource} starts a reader before it adds the
 * restored splits to it. Tasks fail in each part. The changes of an item are distinguished by number and version.
 */
class HybridSourceIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    private static final int ITEMS = 300;
    private static final long VERSION = 1_000_000;

    /** Numbers from the other source. No change has such a number. */
    private static final Set<Long> SEQUENCE = numbers(-500, -1);

    @RegisterExtension
    final FakeReplication fake = new FakeReplication().pagesOf(10);

    private final FakeDynamoDb db = fake.db();
    private final FakeTable table = db.createTable(TableSpec.named("orders").withShards(4));
    private final SeenNumbers seen = new SeenNumbers();
    private final InducedFailure failure = fake.failure();

    @BeforeEach
    void fill() {
        put(1);
        db.clock().advance(Duration.ofHours(1));
    }

    @AfterEach
    void close() {
        seen.close();
    }

    @Test
    void aTaskFailsInTheStreamOfTheOnlySource() throws Exception {
        try (RunningJob job = job().start(with(HybridSourceIT::alone))) {
            copyAndFailInTheStream(job);
        }
    }

    @Test
    void aTaskFailsInTheCopyOfTheOnlySource() throws Exception {
        failure.afterElements(ITEMS / 2);
        try (RunningJob job = job().start(with(HybridSourceIT::alone))) {
            untilCopiedAndFailed(job);
            put(2);
            job.until("the changes have arrived", () -> seen.has(changes(2)));
        }
    }

    @Test
    void aTaskFailsInTheStreamOfTheSecondSource() throws Exception {
        try (RunningJob job = job().start(with(HybridSourceIT::second))) {
            job.until("the first source is read", () -> seen.has(SEQUENCE));
            copyAndFailInTheStream(job);
        }
    }

    @Test
    void aTaskFailsInTheCopyOfTheSecondSource() throws Exception {
        failure.afterElements(SEQUENCE.size() + ITEMS / 2);
        try (RunningJob job = job().start(with(HybridSourceIT::second))) {
            untilCopiedAndFailed(job);
            put(2);
            job.until("the changes have arrived", () -> seen.has(changes(2)));
        }
    }

    @Test
    void aTaskFailsInTheSourceBeforeThisOne() throws Exception {
        FakeTable customers = customers();
        failure.afterElements(ITEMS / 2);
        try (RunningJob job = job().option("scan.startup.mode", "snapshot").start(with(HybridSourceIT::firstOfTwo))) {
            untilCopiedAndFailed(job);
            job.until("the second source is copied", () -> seen.has(changes(5)));
            put(customers, 6);
            job.until("the stream is read", () -> seen.has(changes(6)));
        }
    }

    @Test
    void aJobWithThisSourceAsTheSecondGoesOnFromASavepoint() throws Exception {
        String savepoint;
        try (RunningJob job = job().start(with(HybridSourceIT::second))) {
            job.until("the copy is complete", () -> seen.has(changes(1)));
            put(2);
            job.until("the changes have arrived", () -> seen.has(changes(2)));
            savepoint = job.stopWithSavepoint();
        }
        put(3);
        try (RunningJob job = job().resume(with(HybridSourceIT::second), savepoint)) {
            copyAndFailInTheStream(job);
            job.until("the changes have arrived", () -> seen.has(changes(3)));
        }
    }

    @Test
    void aTaskFailsInTheCopyOfTheFirstSource() throws Exception {
        failure.afterElements(ITEMS / 2);
        try (RunningJob job = job().option("scan.startup.mode", "snapshot").start(with(HybridSourceIT::first))) {
            untilCopiedAndFailed(job);
            job.until("the second source is read", () -> seen.has(SEQUENCE));
            job.awaitFinished();
        }
    }

    /**
     * The task fails while it holds splits of the second source. Without them, Flink would send the reader back to
     * the first source permanently.
     */
    @Test
    void aTaskFailsInTheSourceAfterThisOne() throws Exception {
        FakeTable customers = customers();
        try (RunningJob job = job().option("scan.startup.mode", "snapshot").start(with(HybridSourceIT::firstOfTwo))) {
            job.until("both are copied", () -> seen.has(changes(1)) && seen.has(changes(5)));
            put(customers, 6);
            job.until("the stream is read", () -> seen.has(changes(6)));
            job.checkpoint();
            failure.afterElements(ITEMS / 2);
            put(customers, 7);
            job.until("the task has failed", () -> failure.strikes() == 1);
            job.until("the changes have arrived", () -> seen.has(changes(7)));
        }
    }

    private void copyAndFailInTheStream(RunningJob job) {
        job.until("the copy is complete", () -> seen.has(changes(1)));
        for (int version = 10; version <= 12; version++) {
            int strikes = version - 9;
            failure.afterElements(ITEMS / 2);
            put(version);
            table.stream().openShards().forEach(table.stream()::rollOver);
            job.until("the task has failed", () -> failure.strikes() == strikes);
            Set<Long> all = changes(version);
            job.until("the changes have arrived", () -> seen.has(all));
        }
    }

    private void untilCopiedAndFailed(RunningJob job) {
        job.until("the task has failed", () -> failure.strikes() == 1);
        job.until("the copy is complete", () -> seen.has(changes(1)));
    }

    private ReplicaJob job() {
        return ReplicaJob.of(FLINK, db.register(), "orders")
                .option("scan.snapshot.total-segments", "4")
                .flink("restart-strategy.fixed-delay.attempts", "10");
    }

    private ReplicaJob.Definition with(
            BiFunction<ReplicationConfig, DynamoDbServiceFactory, Source<Long, ?, ?>> hybrid) {
        return (env, config, services) -> env.fromSource(
                        hybrid.apply(config, services), WatermarkStrategy.noWatermarks(), "hybrid", Types.LONG)
                .uid("hybrid")
                .map(seen.failingBy(failure))
                .returns(Types.LONG)
                .uid("seen")
                .sinkTo(new DiscardingSink<>())
                .uid("end");
    }

    private static Source<Long, ?, ?> alone(ReplicationConfig config, DynamoDbServiceFactory services) {
        return HybridSource.builder(orders(config, services)).build();
    }

    private static Source<Long, ?, ?> second(ReplicationConfig config, DynamoDbServiceFactory services) {
        return HybridSource.builder(new NumberSequenceSource(-SEQUENCE.size(), -1))
                .addSource(orders(config, services))
                .build();
    }

    private static Source<Long, ?, ?> first(ReplicationConfig config, DynamoDbServiceFactory services) {
        return HybridSource.builder(orders(config, services))
                .addSource(new NumberSequenceSource(-SEQUENCE.size(), -1))
                .build();
    }

    private static Source<Long, ?, ?> firstOfTwo(ReplicationConfig config, DynamoDbServiceFactory services) {
        Map<String, String> customers = Map.of(
                "table-name", "customers",
                "aws.region", "eu-central-1",
                "scan.stream.discovery-interval", "1 s",
                "scan.stream.poll-interval", "100 ms");
        return HybridSource.builder(orders(config, services))
                .addSource(orders(ReplicationConfigParser.parse(customers, List.of()), services))
                .build();
    }

    private static DynamoDbReplicationSource<Long> orders(ReplicationConfig config, DynamoDbServiceFactory services) {
        return DynamoDbReplicationSource.of(config, new Numbers(), services);
    }

    private FakeTable customers() {
        FakeTable customers = db.createTable(TableSpec.named("customers").withShards(4));
        put(customers, 5);
        db.clock().advance(Duration.ofHours(1));
        return customers;
    }

    private void put(int version) {
        put(table, version);
    }

    private static void put(FakeTable table, int version) {
        for (int number = 0; number < ITEMS; number++) {
            table.put(item("id", "k" + number)
                    .n("change", version * VERSION + number)
                    .build());
        }
    }

    private static Set<Long> changes(int version) {
        return numbers(version * VERSION, version * VERSION + ITEMS - 1);
    }

    private static Set<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().collect(Collectors.toSet());
    }

    private static final class Numbers implements DynamoDbDeserializationSchema<Long> {

        private static final long serialVersionUID = 1;

        @Override
        public void deserialize(ChangeEvent event, Collector<Long> out) {
            AttributeValue change = event.after().materialise().get("change");
            out.collect(Long.valueOf(((AttributeValue.N) change).digits()));
        }

        @Override
        public TypeInformation<Long> getProducedType() {
            return Types.LONG;
        }
    }
}
