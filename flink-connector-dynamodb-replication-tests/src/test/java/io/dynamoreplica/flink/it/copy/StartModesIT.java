/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it.copy;

import static io.dynamoreplica.flink.testing.fake.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import io.dynamoreplica.flink.testing.job.FakeReplication;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.Gate;
import io.dynamoreplica.flink.testing.job.InducedFailure;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of which data each startup mode reads and leaves out. */
class StartModesIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    @RegisterExtension
    final FakeReplication fake = new FakeReplication();

    private final FakeDynamoDb db = fake.db();
    private final Replica replica = fake.replica();

    @BeforeEach
    void smallPages() {
        db.behaviour().scanPageItems(20).recordsPerPage(20).emptyScanPages(1).emptyRecordPages(1);
    }

    @Test
    void initialCopiesTheTableAndGoesOnWithItsStream() throws Exception {
        FakeTable table = db.createTable(TableSpec.named("orders").withShards(3));
        table.load(0, 500, 1);
        db.clock().advance(Duration.ofHours(1));
        try (RunningJob job = job("initial").start(replica)) {
            job.until("the copy is complete", () -> replica.size() == 500);
            table.load(400, 600, 2);
            IntStream.range(0, 50).forEach(i -> table.delete(item("id", "k" + i).build()));
            table.stream().openShards().forEach(table.stream()::rollOver);
            table.load(100, 300, 3);
            job.until("the replica equals the table", () -> replica.equalsTable(table));
        }
        assertThat(replica.counts())
                .isEqualTo(Map.of(
                        Operation.READ, 500L,
                        Operation.INSERT, 100L,
                        Operation.MODIFY, 300L,
                        Operation.REMOVE, 50L));
    }

    @Test
    void snapshotReadsEveryItemOnceAndFinishes() throws Exception {
        FakeTable table = db.createTable(TableSpec.named("orders").withoutStream());
        table.load(0, 1000, 1);
        try (RunningJob job =
                job("snapshot").flink("restart-strategy.type", "none").start(replica)) {
            job.awaitFinished();
        }
        assertThat(replica.equalsTable(table)).isTrue();
        assertThat(replica.counts()).isEqualTo(Map.of(Operation.READ, 1000L));
    }

    @Test
    void snapshotFinishesWithMoreReadersThanSegmentsAndOneThatComesLate() throws Exception {
        FakeTable table = db.createTable(TableSpec.named("orders").withoutStream());
        table.load(0, 300, 1);
        try (Gate gate = new Gate(3);
                RunningJob job = ReplicaJob.of(FLINK, gate.before(db.register()), "orders")
                        .option("scan.startup.mode", "snapshot")
                        .option("scan.snapshot.total-segments", "2")
                        .parallelism(4)
                        .flink("restart-strategy.type", "none")
                        .withoutExchange()
                        .start(replica)) {
            job.until("a reader is late", gate::isSomebodyWaiting);
            job.until("the other readers have read everything", () -> replica.equalsTable(table));
            gate.open();
            job.awaitFinished();
        }
        assertThat(replica.counts()).isEqualTo(Map.of(Operation.READ, 300L));
    }

    @Test
    void latestOffsetLeavesOutWhatWasThereBefore() throws Exception {
        FakeTable table = db.createTable(TableSpec.named("orders").withShards(2));
        table.load(0, 200, 1);
        table.stream().rollOver(table.stream().openShards().get(0));
        table.load(0, 200, 2);
        db.clock().advance(Duration.ofMinutes(10));
        try (RunningJob job = job("latest-offset").start(replica)) {
            awaitShardsRead(job, table);
            table.load(100, 300, 3);
            job.until("all changes have arrived", () -> replica.events().size() == 200);
        }
        assertThat(replica.events())
                .allMatch(event -> numberOf(event).equals("3"))
                .noneMatch(ChangeEvent::isFromSnapshot);
    }

    @Test
    void latestOffsetLosesNothingWhenItIsKilledBeforeTheFirstRecord() throws Exception {
        FakeTable table = db.createTable(TableSpec.named("orders").withShards(2));
        table.load(0, 10, 1);
        db.clock().advance(Duration.ofMinutes(10));
        String savepoint;
        try (RunningJob job = job("latest-offset").start(replica)) {
            awaitShardsRead(job, table);
            savepoint = job.savepoint();
        }
        assertThat(replica.events()).isEmpty();
        table.load(0, 60, 2);
        try (RunningJob job = job("latest-offset").resume(replica, savepoint)) {
            job.until("every later change has arrived", () -> replica.size() == 60);
        }
        assertThat(replica.equalsTable(table)).isTrue();
    }

    @Test
    void latestOffsetLosesNothingWhenItFailsBeforeTheFirstCheckpoint() throws Exception {
        FakeTable table = db.createTable(TableSpec.named("orders").withShards(2));
        db.clock().advance(Duration.ofMinutes(10));
        try (InducedFailure failure = new InducedFailure().afterElements(5);
                RunningJob job = job("latest-offset")
                        .withoutCheckpoints()
                        .failingBy(failure)
                        .start(replica)) {
            awaitShardsRead(job, table);
            table.load(0, 60, 1);
            job.until("every change has arrived", () -> replica.equalsTable(table));
            assertThat(failure.strikes()).isOne();
        }
    }

    @Test
    void earliestOffsetReadsAllThatTheStreamKeeps() throws Exception {
        FakeTable table = db.createTable(TableSpec.named("orders"));
        String root = table.stream().openShards().get(0);
        table.load(0, 100, 1);
        String fiftieth = table.stream().records(root).get(49).sequenceNumber();
        table.stream().trim(root, fiftieth);
        table.stream().split(root);
        table.load(0, 200, 2);
        table.stream().rollOver(table.stream().openShards().get(0));
        table.load(0, 200, 3);
        try (RunningJob job = job("earliest-offset").start(replica)) {
            job.until("the replica equals the table", () -> replica.equalsTable(table));
            job.until("all records are read", () -> replica.events().size() == 50 + 200 + 200);
        }
        assertThat(replica.events()).noneMatch(ChangeEvent::isFromSnapshot);
    }

    private ReplicaJob job(String mode) {
        return ReplicaJob.of(FLINK, db.register(), "orders").option("scan.startup.mode", mode);
    }

    /** Waits until the anchor has been taken, so that all later writes are after it. */
    private void awaitShardsRead(RunningJob job, FakeTable table) {
        job.until("open shards are read", () -> table.stream().openShards().stream()
                .allMatch(this::isRead));
    }

    /**
     * Tells whether a reader has read the shard. The check before the job begins does not count: it asks for the
     * oldest record.
     */
    private boolean isRead(String shardId) {
        return db.calls().iterators().stream()
                .filter(asked -> asked.position().equals(ShardPosition.BEGINNING))
                .anyMatch(asked -> asked.shard().shardId().equals(shardId));
    }

    private static String numberOf(ChangeEvent event) {
        return ((AttributeValue.N) event.after().materialise().get("version")).digits();
    }
}
