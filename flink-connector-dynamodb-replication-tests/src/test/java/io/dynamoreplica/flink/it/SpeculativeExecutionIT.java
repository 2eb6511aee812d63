/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import io.dynamoreplica.flink.testing.job.FakeReplication;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests that a batch job is refused, in every API, if Flink may start a second attempt of a slow subtask. */
class SpeculativeExecutionIT {

    /** Flink 1.20 reads the cluster's configuration and not the job's. */
    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster(Map.of("execution.batch.speculative.enabled", "true"));

    @RegisterExtension
    final FakeReplication fake = new FakeReplication();

    private final FakeDynamoDb db = fake.db();
    private final Replica replica = fake.replica();

    @Test
    void itIsRefusedBeforeAnythingIsReadAndNotRestarted() throws Exception {
        db.createTable(TableSpec.named("orders"));
        ReplicaJob batch = ReplicaJob.of(FLINK, db.register(), "orders")
                .option("scan.startup.mode", "snapshot")
                .withoutCheckpoints()
                .flink("execution.runtime-mode", "BATCH")
                .flink("execution.batch.adaptive.auto-parallelism.enabled", "false");
        try (RunningJob job = batch.start(replica)) {
            assertThat(job.awaitFailure())
                    .contains("orders")
                    .contains("'execution.batch.speculative.enabled' = 'false'");
        }
        assertThat(replica.size()).isZero();
    }
}
