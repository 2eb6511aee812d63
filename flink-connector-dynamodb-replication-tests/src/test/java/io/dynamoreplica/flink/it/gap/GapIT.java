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
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.job.ScanStop;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tests in which changes are lost, each time in another way. The job fails immediately, even if restarts are
 * allowed. The error says what was lost, where, and what to do.
 */
class GapIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    private static final int ITEMS = 100;

    /** Longer than any listing can lag. */
    private static final Duration LONGER_THAN_A_LISTING_LAGS = Duration.ofSeconds(61);

    @RegisterExtension
    final FakeReplication fake = new FakeReplication();

    private final FakeDynamoDb db = fake.db();
    private final FakeTable table = fake.filled(TableSpec.named("orders"), ITEMS);
    private final Replica replica = fake.replica();

    @Test
    void recordsBehindThePositionWereTrimmedWhileTheJobWasStopped() throws Exception {
        String savepoint;
        String shard = shard();
        try (RunningJob job = streaming()) {
            savepoint = job.stopWithSavepoint();
        }
        table.load(0, ITEMS, 3);
        table.stream().rollOver(shard);
        table.stream().trimWhole(shard);
        try (RunningJob job = job().resume(replica, savepoint)) {
            assertGap(job, "TRIMMED", shard);
        }
    }

    @Test
    void aShardThatWasNeverReadWasTrimmedWhileTheJobWasStopped() throws Exception {
        String savepoint;
        String child;
        try (RunningJob job = streaming()) {
            savepoint = job.stopWithSavepoint();
            child = table.stream().rollOver(shard());
        }
        table.load(0, ITEMS, 3);
        db.clock().advance(Duration.ofHours(25));
        table.stream().rollOver(child);
        table.stream().trimWhole(child);
        try (RunningJob job = job().resume(replica, savepoint)) {
            assertGap(job, "TRIMMED", child);
        }
    }

    /** No call is refused: only the oldest record in the stream is no longer the same. */
    @Test
    void aShardThatWasIdleLostItsFirstRecordsWhileTheJobWasStopped() throws Exception {
        FakeTable idle = db.createTable(TableSpec.named("idle"));
        ReplicaJob follow = ReplicaJob.of(FLINK, db.register(), "idle").option("scan.startup.mode", "latest-offset");
        String shard = idle.stream().openShards().get(0);
        String savepoint;
        try (RunningJob job = follow.start(replica)) {
            job.until("the shard is read", () -> db.calls().count(ServiceCall.toShard(shard)) > 3);
            savepoint = job.stopWithSavepoint();
        }
        idle.put(item("id", "lost").n("version", 1).build());
        db.clock().advance(Duration.ofHours(25));
        idle.put(item("id", "kept").n("version", 1).build());
        idle.stream().trimOlderThan(db.clock().instant().minus(Duration.ofHours(24)));
        try (RunningJob job = follow.resume(replica, savepoint)) {
            assertThat(job.awaitFailure())
                    .contains("Table idle: changes were lost (AGED_OUT)")
                    .contains(shard);
        }
        assertThat(replica.size()).isZero();
    }

    @Test
    void theParentOfANewShardWasNeverSeen() throws Exception {
        try (RunningJob job = streaming()) {
            db.faults().stall("listings", ServiceCall.of(CallKind.LIST_SHARDS));
            String missed = table.stream().rollOver(shard());
            table.stream().rollOver(missed);
            table.stream().unlist(missed);
            db.faults().release("listings");
            awaitNextListing(job);
            db.clock().advance(LONGER_THAN_A_LISTING_LAGS);
            assertGap(job, "ORPHAN", missed);
        }
    }

    @Test
    void aParentThatIsListedLateIsNoGap() throws Exception {
        try (RunningJob job = streaming()) {
            db.faults().stall("listings", ServiceCall.of(CallKind.LIST_SHARDS));
            String late = table.stream().rollOver(shard());
            table.load(0, ITEMS, 3);
            table.stream().rollOver(late);
            table.stream().hideFromListing(late);
            table.load(0, ITEMS, 4);
            db.faults().release("listings");
            awaitNextListing(job);
            table.stream().show(late);
            job.until("the replica equals the table", () -> replica.equalsTable(table));
            db.clock().advance(LONGER_THAN_A_LISTING_LAGS);
            awaitNextListing(job);
            table.load(0, ITEMS, 5);
            job.until("the replica equals the table", () -> replica.equalsTable(table));
        }
    }

    @Test
    void aShardThatWaitsForItsParentVanished() throws Exception {
        try (RunningJob job = streaming()) {
            String parent = shard();
            db.faults().stall(parent);
            String child = table.stream().rollOver(parent);
            awaitNextListing(job);
            table.stream().unlist(child);
            awaitNextListing(job);
            db.clock().advance(LONGER_THAN_A_LISTING_LAGS);
            assertGap(job, "VANISHED", child);
        }
    }

    @Test
    void theTableWasDeletedAndCreatedAgainWhileTheJobRan() throws Exception {
        try (RunningJob job = streaming()) {
            db.faults().stall("listings", ServiceCall.of(CallKind.LIST_SHARDS));
            FakeTable other = db.recreateTable("orders");
            assertGap(job, "REPLACED", other.tableId());
        }
    }

    @Test
    void theTableWasDeletedAndCreatedAgainWhileItWasScanned() throws Exception {
        db.behaviour().scanPageItems(5);
        db.faults().stall("later pages", ScanStop.afterPages(db, 1));
        try (RunningJob job = job().option("scan.startup.mode", "snapshot")
                .option("scan.stream.discovery-interval", "1 h")
                .start(replica)) {
            job.until("the middle is reached", () -> db.faults().waiting() > 0);
            FakeTable other = db.recreateTable("orders");
            db.faults().releaseAll();
            assertGap(job, "REPLACED", other.tableId());
        }
    }

    @Test
    void theStreamWasSwitchedOffAndOnAgainWhileTheJobWasStopped() throws Exception {
        String savepoint;
        try (RunningJob job = streaming()) {
            savepoint = job.stopWithSavepoint();
        }
        db.disableStream("orders");
        table.load(0, ITEMS, 3);
        String arn =
                db.enableStream("orders", StreamViewType.NEW_AND_OLD_IMAGES).arn();
        db.faults().stall("listings", ServiceCall.of(CallKind.LIST_SHARDS));
        try (RunningJob job = job().resume(replica, savepoint)) {
            assertGap(job, "REPLACED", arn);
        }
    }

    @Test
    void theStreamIsOnAgainWithoutWhatIsNeeded() throws Exception {
        try (RunningJob job = streaming()) {
            db.faults().stall("listings", ServiceCall.of(CallKind.LIST_SHARDS));
            db.faults().stall("descriptions", ServiceCall.of(CallKind.DESCRIBE_TABLE));
            db.disableStream("orders");
            db.enableStream("orders", StreamViewType.KEYS_ONLY);
            db.faults().release("descriptions");
            assertThat(job.awaitFailure())
                    .contains("(REPLACED)", "view type is KEYS_ONLY")
                    .contains("NEW_AND_OLD_IMAGES or NEW_IMAGE")
                    .contains("aws dynamodb update-table --table-name orders");
        }
    }

    @Test
    void theStreamIsSwitchedOffWhileTheJobRuns() throws Exception {
        try (RunningJob job = streaming()) {
            db.disableStream("orders");
            assertGap(job, "DISABLED", "stream");
        }
    }

    @Test
    void aShardStaysClosedWithoutAChild() throws Exception {
        try (RunningJob job = streaming()) {
            String shard = shard();
            table.stream().close(shard);
            awaitNextListing(job);
            db.clock().advance(Duration.ofMinutes(16));
            assertGap(job, "DISABLED", shard);
        }
    }

    /** Returns a job that has copied the table and read one more version from the stream. */
    private RunningJob streaming() throws Exception {
        RunningJob job = job().start(replica);
        job.until("the copy is complete", () -> replica.equalsTable(table));
        table.load(0, ITEMS, 2);
        job.until("the stream is read", () -> replica.equalsTable(table));
        return job;
    }

    private ReplicaJob job() {
        return ReplicaJob.of(FLINK, db.register(), "orders").option("scan.stream.on-gap", "fail");
    }

    private String shard() {
        return table.stream().openShards().get(0);
    }

    /**
     * Waits for a new listing. Listings are made one at a time, so the second one from now was asked for after now,
     * and is answered.
     */
    private void awaitNextListing(RunningJob job) {
        long before = db.calls().count(CallKind.LIST_SHARDS);
        job.until("shards are listed again", () -> db.calls().count(CallKind.LIST_SHARDS) >= before + 2);
    }

    private static void assertGap(RunningJob job, String cause, String detail) throws Exception {
        assertThat(job.awaitFailure())
                .contains("Table orders: changes were lost (" + cause + ")")
                .contains(detail)
                .contains("without its state")
                .contains("The failure is not recoverable");
    }
}
