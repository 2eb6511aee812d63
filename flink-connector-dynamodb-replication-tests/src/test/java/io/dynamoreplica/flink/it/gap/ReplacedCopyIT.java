/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it.gap;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests in which a table is deleted and created again with the same key during a single copy. */
class ReplacedCopyIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    @RegisterExtension
    static final FlinkCluster ADAPTIVE = FlinkCluster.adaptive();

    private static final int ITEMS = 60;

    @RegisterExtension
    final FakeReplication fake = new FakeReplication();

    private final FakeDynamoDb db = fake.db();
    private final FakeTable table = db.createTable(TableSpec.named("orders").withoutStream());
    private final InducedFailure failure = fake.failure();
    private final Replica replica = fake.replica();

    @BeforeEach
    void fill() {
        table.load(0, ITEMS, 1);
        db.behaviour().scanPageItems(5);
    }

    @Test
    void inItsMiddleAndATaskFailsThen() throws Exception {
        replacedInTheMiddleAndATaskFails(FLINK);
    }

    @Test
    void inItsMiddleAndATaskFailsThenWithTheAdaptiveScheduler() throws Exception {
        replacedInTheMiddleAndATaskFails(ADAPTIVE);
    }

    private void replacedInTheMiddleAndATaskFails(FlinkCluster cluster) throws Exception {
        db.faults().stall("later pages", ScanStop.afterPages(db, 1));
        try (RunningJob job = job(cluster).failingBy(failure).start(replica)) {
            job.until("the middle is reached", () -> db.faults().waiting() > 0);
            FakeTable other = db.recreateTable("orders");
            other.load(0, ITEMS, 1);
            failure.afterElements(5);
            db.faults().releaseAll();
            assertThat(job.awaitFailure()).contains("(REPLACED)").contains(other.tableId());
            assertThat(failure.strikes()).isEqualTo(1);
        }
    }

    private ReplicaJob job(FlinkCluster cluster) {
        return ReplicaJob.of(cluster, db.register(), "orders")
                .withoutCheckpoints()
                .option("scan.startup.mode", "snapshot")
                .option("scan.snapshot.total-segments", "2")
                .option("scan.stream.discovery-interval", "1 h");
    }
}
