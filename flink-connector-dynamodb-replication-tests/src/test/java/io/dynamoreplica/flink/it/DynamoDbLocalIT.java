/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.service.aws.AwsDynamoDbServiceFactory;
import io.dynamoreplica.flink.testing.DynamoDbLocalExtension;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.InducedFailure;
import io.dynamoreplica.flink.testing.job.LocalTable;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of the startup modes against DynamoDB Local, with the real SDK. */
class DynamoDbLocalIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    @RegisterExtension
    static final DynamoDbLocalExtension DYNAMODB = new DynamoDbLocalExtension();

    private final Replica replica = Replica.withHistory();
    private final InducedFailure failure = new InducedFailure();

    @AfterEach
    void close() {
        failure.close();
        replica.close();
    }

    @Test
    void initialCopiesTheTableAndGoesOnWithItsStream() throws Exception {
        LocalTable table = table("initial").load(0, 500, 1).enableStream();
        failure.afterElements(200);
        try (RunningJob job = job("initial", "initial").start(replica)) {
            job.until("the copy is complete", () -> replica.size() == 500);
            table.load(400, 600, 2);
            table.delete(7);
            job.until("the replica equals the table", () -> replica.holds(table.contents()));
            failure.afterElements(20);
            table.load(0, 100, 3);
            job.until("the task has failed twice", () -> failure.strikes() == 2);
            job.until("the replica equals the table", () -> replica.holds(table.contents()));
        }
    }

    @Test
    void snapshotReadsEveryItemOnceAndFinishes() throws Exception {
        LocalTable table = table("snapshot").load(0, 500, 1);
        try (RunningJob job = job("snapshot", "snapshot")
                .option("scan.snapshot.total-segments", "3")
                .parallelism(4)
                .start(replica)) {
            job.awaitFinished();
        }
        assertThat(replica.holds(table.contents())).isTrue();
        assertThat(replica.counts()).isEqualTo(Map.of(Operation.READ, 500L));
    }

    @Test
    void earliestOffsetReadsAllThatTheStreamKeeps() throws Exception {
        LocalTable table = table("earliest").enableStream().load(0, 100, 1);
        table.load(0, 200, 2);
        try (RunningJob job = job("earliest", "earliest-offset").start(replica)) {
            job.until("all records are read", () -> replica.events().size() == 300 && replica.holds(table.contents()));
        }
        assertThat(replica.events()).noneMatch(ChangeEvent::isFromSnapshot);
    }

    @Test
    void latestOffsetLosesNothingWhenItIsKilledBeforeTheFirstRecord() throws Exception {
        LocalTable table = table("latest").enableStream();
        String savepoint;
        try (RunningJob job = job("latest", "latest-offset").start(replica)) {
            job.until("the shard is read", () -> job.counter("calls") > 0);
            savepoint = job.savepoint();
        }
        table.load(0, 60, 1);
        try (RunningJob job = job("latest", "latest-offset").resume(replica, savepoint)) {
            job.until("every change has arrived", () -> replica.holds(table.contents()));
        }
        assertThat(replica.size()).isEqualTo(60);
    }

    private static LocalTable table(String name) {
        return LocalTable.create(DYNAMODB.tables(), name);
    }

    private ReplicaJob job(String table, String mode) {
        return ReplicaJob.of(FLINK, new AwsDynamoDbServiceFactory(), table)
                .options(DYNAMODB.awsOptions())
                .option("scan.startup.mode", mode)
                .option("scan.snapshot.page-limit", "50")
                .failingBy(failure);
    }
}
