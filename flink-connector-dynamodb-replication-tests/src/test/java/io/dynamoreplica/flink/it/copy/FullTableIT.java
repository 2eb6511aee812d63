/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it.copy;

import static io.dynamoreplica.flink.testing.fake.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.DynamoDbReplicationSourceBuilder;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.Phase;
import io.dynamoreplica.flink.testing.fake.CallKind;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import io.dynamoreplica.flink.testing.job.CopyLog;
import io.dynamoreplica.flink.testing.job.FakeReplication;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.job.ScanStop;
import java.time.Duration;
import org.apache.flink.api.java.tuple.Tuple3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tests of scheduled copies of a table without a stream. Unless a test sets the fake's clock, it is in the past.
 * Therefore each next copy is already overdue when a copy ends. Several missed times lead to a single copy, and copies
 * follow one another.
 */
class FullTableIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    @RegisterExtension
    final FakeReplication fake = new FakeReplication();

    private final FakeDynamoDb db = fake.db();
    private final FakeTable table = db.createTable(TableSpec.named("orders").withoutStream());
    private final Replica replica = fake.replica();

    @Test
    void copiesFollowOneAnotherAndWhatWasDeletedKeepsItsOldEpoch() throws Exception {
        table.load(0, 50, 1);
        try (RunningJob job = job().start(replica)) {
            job.until("the first copy is complete", () -> replica.equalsTable(table));
            long first = replica.latestEpoch();
            db.clock().advance(Duration.ofHours(1));
            table.delete(item("id", "k3").build());
            table.load(10, 60, 2);
            job.until(
                    "a later copy is complete",
                    () -> replica.latestEpoch() > first && replica.equalsTableOnceOlderEpochsAreRemoved(table));
            assertThat(db.calls().count(CallKind.LIST_SHARDS)).isZero();
        }
    }

    @Test
    void aJobThatIsStoppedBetweenTwoCopiesIsResumedForTheNext() throws Exception {
        db.clock().run(Duration.ofMinutes(-10));
        table.load(0, 50, 1);
        String savepoint;
        try (RunningJob job = every("6 h").start(replica)) {
            job.awaitPhase(Phase.RESTING, "orders");
            // Until the next copy, the enumerator sends nothing to readers. Therefore no message can arrive during
            // the stop.
            savepoint = job.stopWithSavepoint();
        }
        assertThat(replica.equalsTable(table)).isTrue();
        long before = replica.latestEpoch();
        table.load(0, 50, 2);
        try (RunningJob job = every("1 min").parallelism(3).resume(replica, savepoint)) {
            job.until(
                    "another copy is complete",
                    () -> replica.latestEpoch() > before && replica.equalsTableOnceOlderEpochsAreRemoved(table));
        }
    }

    /** Holds a copy up in its middle until long after the time of the next copy. */
    @Test
    void aCopyThatTakesLongerThanItsIntervalIsFollowedByTheNextAndNeverJoinedByIt() throws Exception {
        table.load(0, 50, 1);
        db.behaviour().scanPageItems(5);
        db.clock().run(Duration.ofDays(-300));
        db.faults().stall("later pages", ScanStop.afterPages(db, 1));
        try (CopyLog log = new CopyLog();
                RunningJob job = job().start(log.behind(tenSecondly()))) {
            job.until("the middle is reached", () -> db.faults().waiting() > 0);
            job.checkpoint();
            job.checkpoint();
            assertThat(log.begun("orders")).hasSize(1);
            assertThat(log.ended("orders")).isEmpty();

            db.faults().releaseAll();
            job.until("three copies have ended", () -> log.ended("orders").size() >= 3);
            assertThat(log.overlaps("orders")).isEmpty();
        }
        assertThat(db.calls().scans())
                .extracting(scan -> scan.split().epoch())
                .as("epochs of the readers' requests")
                .isSorted();
    }

    private static DynamoDbReplicationSourceBuilder<Tuple3<String, Long, String>> tenSecondly() {
        return CopyLog.source()
                .region("eu-central-1")
                .startupMode(StartupMode.FULL_TABLE)
                .option("scan.full-table.interval", "10 s")
                .table("orders");
    }

    private ReplicaJob job() {
        return every("6 h").option("scan.full-table.time-of-day", "02:30");
    }

    private ReplicaJob every(String interval) {
        return ReplicaJob.of(FLINK, db.register(), "orders")
                .option("scan.startup.mode", "full-table")
                .option("scan.full-table.interval", interval);
    }
}
