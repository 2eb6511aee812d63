/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it.failure;

import io.dynamoreplica.flink.protocol.Phase;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import io.dynamoreplica.flink.testing.job.FakeReplication;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.InducedFailure;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.job.ScanStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tests in which tasks fail. No change is lost. In state that was restored together with the source, no change
 * arrives twice or out of order: otherwise the keyed consumer of {@link ReplicaJob} would fail the job.
 */
class FailoverIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    private static final int ITEMS = 600;

    @RegisterExtension
    final FakeReplication fake = new FakeReplication().pagesOf(10);

    private final FakeDynamoDb db = fake.db();
    private final FakeTable table = fake.filled(TableSpec.named("orders").withShards(3), ITEMS);
    private final Replica replica = fake.replica();
    private final InducedFailure failure = fake.failure();

    @Test
    void aTaskFailsWhileTheTableIsScanned() throws Exception {
        db.faults().stall("middle of the scan", ScanStop.afterPages(db, 2));
        try (RunningJob job = job().start(replica)) {
            job.until("two pages of each segment have arrived", () -> replica.size() == 2 * 10 * 8);
            job.checkpoint();
            table.load(0, 100, 2);
            failure.afterElements(20);
            db.faults().releaseAll();
            job.until("the task has failed", () -> failure.strikes() == 1);
            job.until("the replica equals the table", () -> replica.equalsTable(table));
            table.load(50, ITEMS + 50, 3);
            job.until("the replica equals the table", () -> replica.equalsTable(table));
        }
    }

    @Test
    void aTaskFailsWhileTheStreamIsReadAndShardsRollOver() throws Exception {
        try (RunningJob job = job().start(replica)) {
            job.until("the copy is complete", () -> replica.equalsTable(table));
            for (int round = 1; round <= 3; round++) {
                failure.afterElements(20);
                table.load(0, 60, 10 * round);
                table.stream().openShards().forEach(table.stream()::rollOver);
                table.load(0, 60, 10 * round + 1);
                int strikes = round;
                job.until("the task has failed", () -> failure.strikes() == strikes);
                table.load(30, 90, 10 * round + 2);
                job.until("the replica equals the table", () -> replica.equalsTable(table));
            }
        }
    }

    @Test
    void aTaskFailsBeforeTheFirstCheckpoint() throws Exception {
        failure.afterElements(200);
        try (RunningJob job = job().withoutCheckpoints().start(replica)) {
            job.until("the task has failed", () -> failure.strikes() == 1);
            job.awaitPhase(Phase.FENCED, "orders");
            table.load(0, 100, 2);
            job.checkpoint();
            job.until("the replica equals the table", () -> replica.equalsTable(table));
        }
    }

    @Test
    void oneReaderFailsAloneAndTheOthersGoOn() throws Exception {
        failure.afterElements(100);
        try (RunningJob job = job().withoutExchange().start(replica)) {
            job.until("the copy is complete", () -> replica.equalsTable(table));
            job.until("it failed in the scan", () -> failure.strikes() == 1);
            failure.afterElements(20);
            table.load(0, 60, 2);
            table.stream().openShards().forEach(table.stream()::rollOver);
            table.load(0, 60, 3);
            job.until("it failed in the stream", () -> failure.strikes() == 2);
            table.stream().openShards().forEach(table.stream()::split);
            table.load(0, 60, 4);
            job.until("the replica equals the table", () -> replica.equalsTable(table));
        }
    }

    private ReplicaJob job() {
        return ReplicaJob.of(FLINK, db.register(), "orders")
                .option("scan.snapshot.total-segments", "8")
                .failingBy(failure);
    }
}
