/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it.readers;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.DynamoDbReplicationSource;
import io.dynamoreplica.flink.change.json.JsonChangeDeserializationSchema;
import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.service.DynamoDbServiceFactory;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import io.dynamoreplica.flink.testing.job.FakeReplication;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.job.ScanStop;
import io.dynamoreplica.flink.testing.job.TimedJob;
import io.dynamoreplica.flink.testing.job.TimedJob.OfEachRecord;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of jobs with watermarks: event time advances, and no change arrives late. */
class EventTimeIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    private static final int ITEMS = 40;

    private static final TimedJob TIMED = TimedJob.of(WatermarkStrategy.forMonotonousTimestamps());

    @RegisterExtension
    final FakeReplication fake = new FakeReplication();

    private final FakeDynamoDb db = fake.db();
    private final FakeTable table = fake.filled(TableSpec.named("orders"), ITEMS);

    /** If the end of a copy had the time of its last pages, it would be later than changes that are still to come. */
    @Test
    void changesThatWereMadeWhileTheTableWasCopiedAreNotLate() throws Exception {
        db.behaviour().scanPageItems(5);
        db.faults().stall("later pages", ScanStop.afterPages(db, 1));
        try (RunningJob job = job().start(TIMED)) {
            job.until("the middle is reached", () -> db.faults().waiting() == 2);
            table.load(0, ITEMS, 2);
            db.clock().advance(Duration.ofHours(3));
            db.faults().releaseAll();
            job.until("the copy is emitted", () -> job.counter("arrived") >= ITEMS);
            table.load(0, ITEMS, 3);
            job.until("the changes are emitted", () -> job.counter("arrived") == 3 * ITEMS);
            job.until("time passes", () -> job.counter("passed") >= 2 * ITEMS);
            assertThat(job.counter("late")).isZero();
        }
    }

    /**
     * Flink creates an output for every split of a savepoint, also for splits that have ended. Because no
     * checkpoint is taken before the savepoint, the savepoint holds all segments.
     */
    @Test
    void timePassesAfterARestoreWithSplitsThatHaveEnded() throws Exception {
        ReplicaJob job = job().withoutCheckpoints().option("scan.snapshot.hand-over", "immediate");
        String savepoint;
        try (RunningJob first = job.start(TIMED)) {
            table.load(0, ITEMS, 2);
            first.until("the stream is read", () -> first.counter("arrived") == 2 * ITEMS);
            savepoint = first.stopWithSavepoint();
        }
        try (RunningJob second = job.resume(TIMED, savepoint)) {
            table.load(0, ITEMS, 3);
            db.clock().advance(Duration.ofHours(1));
            table.load(0, ITEMS, 4);
            second.until("all records are emitted", () -> second.counter("arrived") == 2 * ITEMS);
            second.until("time has passed", () -> second.counter("passed") >= ITEMS);
            assertThat(second.counter("late")).isZero();
        }
    }

    /** The end of a copy is emitted through an output that belongs to no split. */
    @Test
    void theEndOfACopyMayHaveAWatermarkOfItsOwn() throws Exception {
        try (RunningJob job = job().start(EventTimeIT::announced)) {
            job.until("the end is emitted", () -> job.counter("ends") == 1);
            table.load(0, ITEMS, 2);
            job.until("the stream is emitted", () -> job.counter("changes") == ITEMS);
        }
    }

    private static void announced(
            StreamExecutionEnvironment env, ReplicationConfig config, DynamoDbServiceFactory services) {
        env.fromSource(
                        DynamoDbReplicationSource.of(
                                config, JsonChangeDeserializationSchema.plain().withEpochEvents(), services),
                        WatermarkStrategy.<String>forGenerator(context -> new OfEachRecord<>()),
                        "source")
                .uid("source")
                .map(new CountedLines())
                .uid("counted")
                .sinkTo(new DiscardingSink<>())
                .uid("end");
    }

    private static final class CountedLines extends RichMapFunction<String, String> {

        private static final long serialVersionUID = 1L;

        private transient Counter ends;
        private transient Counter changes;

        @Override
        public void open(OpenContext context) {
            ends = getRuntimeContext().getMetricGroup().counter("ends");
            changes = getRuntimeContext().getMetricGroup().counter("changes");
        }

        @Override
        public String map(String line) {
            if (line.contains("EPOCH_END")) {
                ends.inc();
            } else if (line.contains("MODIFY")) {
                changes.inc();
            }
            return line;
        }
    }

    private ReplicaJob job() {
        return ReplicaJob.of(FLINK, db.register(), "orders")
                .option("scan.snapshot.total-segments", "2")
                .parallelism(1);
    }
}
