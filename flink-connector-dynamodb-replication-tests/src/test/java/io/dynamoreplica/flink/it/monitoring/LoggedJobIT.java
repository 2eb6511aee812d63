/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it.monitoring;

import static io.dynamoreplica.flink.testing.fake.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.config.ConnectorVersion;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.job.WrittenLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of the log of a healthy job. */
class LoggedJobIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    @Test
    void theVersionOnBothSidesAndThePhasesInTheWordsOfTheDocs() throws Exception {
        try (WrittenLog log = WrittenLog.of("io.dynamoreplica.flink");
                FakeDynamoDb db = new FakeDynamoDb();
                Replica replica = Replica.create()) {
            FakeTable table = db.createTable(TableSpec.named("orders"));
            table.put(item("id", "k1").n("version", 1).build());
            try (RunningJob job = ReplicaJob.of(FLINK, db.register(), "orders").start(replica)) {
                job.until("the copy has arrived", () -> replica.equalsTable(table));
                table.put(item("id", "k1").n("version", 2).build());
                job.until("the stream is read", () -> replica.equalsTable(table));
            }
            String version = "INFO DynamoDB replication connector " + ConnectorVersion.get();
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith(version))
                    .containsExactlyInAnyOrder(
                            version + " starts on the JobManager.",
                            version + " starts in subtask 0.",
                            version + " starts in subtask 1.");
            assertThat(log.lines())
                    .anyMatch(line -> line.startsWith("INFO Table orders: describing in epoch"))
                    .anyMatch(line -> line.contains("orders: scanning after anchoring, epoch"))
                    .anyMatch(line -> line.contains("orders: waiting for a checkpoint after"))
                    .anyMatch(line -> line.contains("orders: streaming after waiting for a"));
        }
    }
}
