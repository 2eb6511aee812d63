/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.AttributeValue.N;
import io.dynamoreplica.flink.change.AttributeValue.S;
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
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The startup modes over DynamoDB Local through the real SDK. */
class DynamoDbLocalIT {

    @RegisterExtension static final FlinkCluster FLINK = new FlinkCluster();
    @RegisterExtension static final DynamoDbLocalExtension DYNAMODB = new DynamoDbLocalExtension();

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
        try (RunningJob job =
                job("snapshot", "snapshot")
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
            job.until(
                    "all is read",
                    () -> replica.events().size() == 300 && replica.holds(table.contents()));
        }
        assertThat(replica.events()).noneMatch(ChangeEvent::isFromSnapshot);
    }

    /** DynamoDB Local cuts times to the minute. */
    @Test
    void aDeleteArrivesAsKeysOldImageAndDeletionTime() throws Exception {
        LocalTable table = table("deleted").enableStream().load(0, 1, 1);
        Instant before = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        table.delete(0);
        try (RunningJob job = job("deleted", "earliest-offset").start(replica)) {
            job.until("the deletion is read", () -> replica.count(Operation.REMOVE) == 1);
        }
        ChangeEvent deleted = replica.events().get(1);
        assertThat(deleted.keys().materialise()).isEqualTo(Map.of("id", new S("k0")));
        assertThat(deleted.before().materialise()).containsEntry("version", new N("1"));
        assertThat(deleted.after()).isNull();
        assertThat(deleted.deletionTime()).isBetween(before, Instant.now());
        assertThat(deleted.origin().deletedByTtl()).isFalse();
        assertThat(replica.events().get(0).deletionTime()).isNull();
    }

    /** DynamoDB Local looks for what has expired every few seconds. */
    @Test
    void aDeleteByTimeToLiveArrivesAsOneOfDynamoDbsOwn() throws Exception {
        LocalTable table = table("expired").enableStream();
        DYNAMODB.tables()
                .updateTimeToLive(
                        call ->
                                call.tableName("expired")
                                        .timeToLiveSpecification(
                                                ttl -> ttl.enabled(true).attributeName("version")));
        int anHourAgo = (int) Instant.now().minus(Duration.ofHours(1)).getEpochSecond();
        table.put(0, anHourAgo);
        try (RunningJob job = job("expired", "earliest-offset").start(replica)) {
            job.until("the item has expired", () -> replica.count(Operation.REMOVE) == 1);
        }
        ChangeEvent expired = replica.events().get(1);
        assertThat(expired.origin().deletedByTtl()).isTrue();
        assertThat(expired.keys().materialise()).isEqualTo(Map.of("id", new S("k0")));
        assertThat(expired.before().materialise())
                .containsEntry("version", new N(Integer.toString(anHourAgo)));
        assertThat(expired.deletionTime()).isNotNull();
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
            job.until("every change is there", () -> replica.holds(table.contents()));
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
