/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it.gap;

import static io.dynamoreplica.flink.testing.fake.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.testing.fake.CallKind;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.ServiceCall;
import io.dynamoreplica.flink.testing.fake.StreamViewType;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import io.dynamoreplica.flink.testing.job.FakeReplication;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.InducedFailure;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.job.ScanStop;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tests in which changes are lost and the table is copied again. The job does not restart, no record of the old
 * copy arrives after the new copy, and rows that were deleted meanwhile are recognised by their epoch.
 */
class RenewalIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    @RegisterExtension
    final FakeReplication fake = new FakeReplication().pagesOf(10);

    private final FakeDynamoDb db = fake.db();
    private final FakeTable table = fake.filled(TableSpec.named("orders").withShards(3), 100);
    private final Replica replica = fake.replica();
    private final InducedFailure failure = fake.failure();

    @Test
    void recordsAreTrimmedBeforeARunningJobReadsThem() throws Exception {
        try (RunningJob job = streaming()) {
            long epoch = replica.latestEpoch();
            lose();
            job.until("a newer copy is complete", () -> isCopiedAfter(epoch));
            assertThat(replica.equalsTable(table))
                    .as("the deleted items are still there")
                    .isFalse();
            assertThat(job.counter("gaps")).isPositive();
            table.load(50, 120, 4);
            job.until("the stream is read", () -> isCopiedAfter(epoch));
        }
    }

    @Test
    void theJobWasStoppedForTooLongAndIsResumedAtAnotherParallelism() throws Exception {
        String savepoint;
        try (RunningJob job = streaming()) {
            savepoint = job.stopWithSavepoint();
        }
        long epoch = replica.latestEpoch();
        lose();
        try (RunningJob job = job().parallelism(3).resume(replica, savepoint)) {
            job.until("a newer copy is complete", () -> isCopiedAfter(epoch));
            table.load(0, 30, 5);
            job.until("the stream is read", () -> isCopiedAfter(epoch));
        }
    }

    @Test
    void tasksFailWhileTheTableIsCopiedAgain() throws Exception {
        try (RunningJob job = streaming()) {
            long epoch = replica.latestEpoch();
            failure.afterElements(40);
            lose();
            job.until("the task has failed", () -> failure.strikes() == 1);
            job.until("a newer copy is complete", () -> isCopiedAfter(epoch));
            failure.afterElements(20);
            table.load(0, 60, 6);
            job.until("the task has failed again", () -> failure.strikes() == 2);
            job.until("the stream is read", () -> isCopiedAfter(epoch));
        }
    }

    @Test
    void theTableIsDeletedAndCreatedAgainWhileItIsCopied() throws Exception {
        db.faults().stall("later pages", ScanStop.afterPages(db, 1));
        try (RunningJob job =
                job().option("scan.stream.discovery-interval", "1 h").start(replica)) {
            job.until("the middle is reached", () -> db.faults().waiting() > 0);
            FakeTable other = db.recreateTable("orders");
            IntStream.range(40, 90)
                    .forEach(i -> other.put(item("id", "k" + i).n("version", 9).build()));
            db.faults().releaseAll();
            job.until("the new table is copied", () -> replica.equalsTableOnceOlderEpochsAreRemoved(other));
        }
    }

    @Test
    void theStreamIsSwitchedOffAndOnAgain() throws Exception {
        try (RunningJob job = streaming()) {
            long epoch = replica.latestEpoch();
            db.disableStream("orders");
            job.until("the gap is noticed", () -> job.counter("gaps") > 0);
            table.delete(item("id", "k7").build());
            table.load(10, 20, 3);
            db.enableStream("orders", StreamViewType.NEW_AND_OLD_IMAGES);
            job.until("a newer copy is complete", Duration.ofMinutes(2), () -> isCopiedAfter(epoch));
            table.load(10, 20, 4);
            job.until("the stream is read", () -> isCopiedAfter(epoch));
        }
    }

    @Test
    void withIgnoreTheJobGoesOnFromTheOldestRecordKept() throws Exception {
        try (RunningJob job = job().option("scan.stream.on-gap", "ignore").start(replica)) {
            job.until("the copy is complete", () -> replica.equalsTable(table));
            table.load(0, 100, 2);
            job.until("the stream is read", () -> replica.equalsTable(table));
            long epoch = replica.latestEpoch();
            lose();
            job.until("the loss is counted", () -> job.counter("gaps") > 0);
            table.load(0, 110, 7);
            job.until(
                    "all changes after the loss have arrived",
                    () -> replica.items().values().stream()
                                    .filter(this::isVersion7)
                                    .count()
                            == 110);
            assertThat(replica.latestEpoch()).isEqualTo(epoch);
        }
    }

    @Test
    void withClosedShardsOnlyAnOpenShardIsLeftForLater() throws Exception {
        FakeTable orders = db.createTable(TableSpec.named("one-shard"));
        orders.put(item("id", "a").n("version", 1).build());
        try (RunningJob job = ReplicaJob.of(FLINK, db.register(), "one-shard")
                .option("scan.stream.closed-shards-only", "true")
                .start(replica)) {
            job.until("the copy is complete", () -> replica.equalsTable(orders));
            orders.put(item("id", "a").n("version", 2).build());
            String open = orders.stream().openShards().get(0);
            // The request belongs to the check before the job begins, which is over.
            long asked = db.calls().count(ServiceCall.toShard(open));
            long listings = db.calls().count(CallKind.LIST_SHARDS);
            job.until("the stream is listed again", () -> db.calls().count(CallKind.LIST_SHARDS) > listings + 3);
            assertThat(db.calls().count(ServiceCall.toShard(open))).isEqualTo(asked);
            assertThat(replica.equalsTable(orders)).isFalse();

            orders.stream().rollOver(open);
            job.until("the closed shard is read", () -> replica.equalsTable(orders));
        }
    }

    /** Deletes some items and changes others. Then the stream drops all these changes before they are read. */
    private void lose() {
        db.faults().stall("records", ServiceCall.of(CallKind.RECORDS));
        IntStream.range(0, 10).forEach(i -> table.delete(item("id", "k" + i).build()));
        table.load(20, 60, 3);
        table.stream().openShards().forEach(shard -> {
            table.stream().rollOver(shard);
            table.stream().trimWhole(shard);
        });
        db.faults().release("records");
    }

    private boolean isCopiedAfter(long epoch) {
        return replica.latestEpoch() > epoch && replica.equalsTableOnceOlderEpochsAreRemoved(table);
    }

    private boolean isVersion7(java.util.Map<String, ?> item) {
        return item.get("version").toString().contains("7");
    }

    /** Returns a job that has copied the table and read one more version from the stream. */
    private RunningJob streaming() throws Exception {
        RunningJob job = job().start(replica);
        job.until("the copy is complete", () -> replica.equalsTable(table));
        table.load(0, 100, 2);
        job.until("the stream is read", () -> replica.equalsTable(table));
        return job;
    }

    private ReplicaJob job() {
        return ReplicaJob.of(FLINK, db.register(), "orders").failingBy(failure);
    }
}
