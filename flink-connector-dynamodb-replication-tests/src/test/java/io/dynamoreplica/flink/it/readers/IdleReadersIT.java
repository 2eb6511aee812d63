/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it.readers;

import static io.dynamoreplica.flink.testing.fake.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.protocol.Phase;
import io.dynamoreplica.flink.testing.fake.CallKind;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import io.dynamoreplica.flink.testing.job.FakeReplication;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.job.TimedJob;
import java.time.Duration;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of jobs with more readers than shards. A reader without a split must not hold back event time. */
class IdleReadersIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    private static final int ITEMS = 30;

    /** The time that the user waits for a shard without records. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    @RegisterExtension
    final FakeReplication fake = new FakeReplication();

    private final FakeDynamoDb db = fake.db();

    /** The ways in which users create watermarks for a table with several readers. */
    enum Strategy {
        PERIODIC(WatermarkStrategy.forMonotonousTimestamps()),
        OF_EACH_RECORD(TimedJob.ofEachRecord()),
        PERIODIC_WITH_IDLENESS(PERIODIC.strategy.withIdleness(IDLE)),
        OF_EACH_RECORD_WITH_IDLENESS(OF_EACH_RECORD.strategy.withIdleness(IDLE));

        private final WatermarkStrategy<ChangeEvent> strategy;

        Strategy(WatermarkStrategy<ChangeEvent> strategy) {
            this.strategy = strategy;
        }
    }

    @ParameterizedTest
    @EnumSource
    void timePassesWhereMostReadersOnlyCopied(Strategy strategy) throws Exception {
        FakeTable table = filled("orders", 1);
        try (RunningJob job = job("orders", 3).start(TimedJob.of(strategy.strategy))) {
            job.until("the copy is there", () -> job.counter("arrived") == ITEMS);
            changesPass(job, table, 1);
        }
    }

    /** A shard without writes has no event time. Only the user knows how long to wait for it. */
    @Test
    void timePassesWithShardsWithoutRecordsIfTheyMayBeIdle() throws Exception {
        FakeTable table = filled("orders", 3);
        try (RunningJob job = job("orders", 2).start(TimedJob.of(Strategy.PERIODIC_WITH_IDLENESS.strategy))) {
            job.until("the copy is there", () -> job.counter("arrived") == ITEMS);
            for (int version = 2; version <= 4; version++) {
                db.clock().advance(Duration.ofHours(1));
                table.put(item("id", "k1").n("version", version).build());
            }
            job.until("time passes", () -> job.counter("passed") >= ITEMS + 2);
            assertThat(job.counter("late")).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest-offset", "earliest-offset"})
    void timePassesWhereMostReadersNeverHadASplit(String mode) throws Exception {
        FakeTable table = db.createTable(TableSpec.named("orders"));
        ReplicaJob job = job("orders", 3).option("scan.startup.mode", mode);
        try (RunningJob running = job.start(TimedJob.of(Strategy.PERIODIC.strategy))) {
            running.until("the shard is read", () -> db.calls().count(CallKind.RECORDS) > 0);
            changesPass(running, table, 0);
        }
    }

    /** The child shards arrive while the other reader has no split. */
    @Test
    void timePassesWhenShardsComeLater() throws Exception {
        FakeTable table = filled("orders", 1);
        ReplicaJob together = job("orders", 2).option("scan.stream.balance-shards", "false");
        try (RunningJob job = together.start(TimedJob.of(Strategy.PERIODIC.strategy))) {
            job.until("the copy is there", () -> job.counter("arrived") == ITEMS);
            changesPass(job, table, 1);
            table.stream().split(table.stream().openShards().get(0));
            changesPass(job, table, 3);
            table.stream().openShards().forEach(table.stream()::rollOver);
            changesPass(job, table, 5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAlignedGroupOfSourcesGoesOn(Strategy strategy) throws Exception {
        FakeTable orders = filled("orders", 1);
        FakeTable users = filled("users", 1);
        WatermarkStrategy<ChangeEvent> aligned =
                strategy.strategy.withWatermarkAlignment("tables", Duration.ofSeconds(30), Duration.ofMillis(50));
        try (RunningJob job = job("orders", 3).start(TimedJob.of(aligned, "orders", "users"))) {
            job.until("the copies have arrived", () -> job.counter("arrived") == 2 * ITEMS);
            for (int version = 2; version <= 4; version++) {
                db.clock().advance(Duration.ofSeconds(50));
                orders.load(0, ITEMS, version);
                users.load(0, ITEMS, version);
                long all = 2L * version * ITEMS;
                job.until("every change arrives", () -> job.counter("arrived") == all);
            }
            job.until("time passes", () -> job.counter("passed") >= 6 * ITEMS);
        }
    }

    /**
     * Between copy and stream, neither reader has a split. Then the second reader may be assigned a shard whose
     * records are hours older than those that the first one reads meanwhile.
     */
    @Test
    void aReaderThatIsAboutToGetAShardHoldsBackTime() throws Exception {
        FakeTable table = filled("orders", 2);
        String slow = table.stream().openShards().get(1);
        try (RunningJob job =
                job("orders", 2).withoutCheckpoints().start(TimedJob.of(Strategy.OF_EACH_RECORD.strategy))) {
            job.awaitPhase(Phase.FENCED, "orders");
            for (int version = 2; version <= 5; version++) {
                db.clock().advance(Duration.ofHours(1));
                table.load(0, ITEMS, version);
            }
            db.faults().stall(slow);
            job.checkpoint();
            long others = 4 * keysOutside(table, slow);
            job.until("the other shard is read", () -> job.counter("arrived") == ITEMS + others);
            db.faults().releaseAll();
            job.until("all records have arrived", () -> job.counter("arrived") == 5 * ITEMS);
            assertThat(job.counter("late")).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"STREAMING", "BATCH"})
    void aCopyAloneEndsTheTimeOfEveryReader(String mode) throws Exception {
        filled("orders", 1);
        ReplicaJob job = job("orders", 3)
                .option("scan.startup.mode", "snapshot")
                .option("scan.snapshot.total-segments", "2")
                .flink("execution.runtime-mode", mode);
        try (RunningJob running = job.start(TimedJob.of(Strategy.PERIODIC_WITH_IDLENESS.strategy))) {
            running.awaitFinished();
            assertThat(running.counter("arrived")).isEqualTo(ITEMS);
            assertThat(running.counter("passed")).isEqualTo(ITEMS);
        }
    }

    private ReplicaJob job(String table, int parallelism) {
        return ReplicaJob.of(FLINK, db.register(), table)
                .option("scan.snapshot.total-segments", "6")
                .option("scan.snapshot.segments-per-reader", "1")
                .parallelism(parallelism);
    }

    private FakeTable filled(String name, int shards) {
        return fake.filled(TableSpec.named(name).withShards(shards), ITEMS);
    }

    /** Writes two more versions, and waits until event time has passed the first. */
    private void changesPass(RunningJob job, FakeTable table, int versions) {
        db.clock().advance(Duration.ofHours(1));
        table.load(0, ITEMS, versions + 1);
        db.clock().advance(Duration.ofHours(1));
        table.load(0, ITEMS, versions + 2);
        int all = (versions + 2) * ITEMS;
        job.until("the changes arrive", () -> job.counter("arrived") == all);
        job.until("time passes", () -> job.counter("passed") >= all - ITEMS);
        assertThat(job.counter("late")).isZero();
    }

    private static long keysOutside(FakeTable table, String shard) {
        return IntStream.range(0, ITEMS)
                .filter(i -> !table.shardOf(item("id", "k" + i).build()).equals(shard))
                .count();
    }
}
