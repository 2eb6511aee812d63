/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.faketime;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.service.DynamoDbServiceFactory;
import io.dynamoreplica.flink.service.aws.AwsDynamoDbServiceFactory;
import io.dynamoreplica.flink.testing.DynamoDbLocalExtension;
import io.dynamoreplica.flink.testing.Eventually;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.LocalTable;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tests of a job that is stopped while its table is written to. After some hours of the server's time, it continues
 * at its position. After more than a day, the changes that it had not read are gone.
 *
 * <p>Two signs show that, and either can come first: DynamoDB refuses the position after which records were
 * trimmed, or the first listing shows a shard that the job has never listed and that began longer ago than records
 * are kept.
 */
@ExtendWith(FakeTime.class)
class StoppedJobIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    @RegisterExtension
    static final DynamoDbLocalExtension DYNAMODB = FakeTime.server();

    /** Longer than the stream keeps records, with time for the server to trim them. */
    private static final Duration TOO_LONG = Duration.ofHours(26);

    /** Four times as long as 26 hours of the server take. */
    private static final Duration LIMIT = Duration.ofMinutes(6);

    @Test
    void someHoursLaterNothingIsLost() throws Exception {
        LocalTable table = table("short-stop");
        ServerSide server = new ServerSide(DYNAMODB, "short-stop");
        try (Replica replica = Replica.create();
                SteadyWrites writes = SteadyWrites.to(table)) {
            String savepoint = stoppedInTheStream("short-stop", replica);
            int shards = server.shards();
            Instant stopped = server.now();
            Eventually.holds("two more shards have begun", () -> server.shards() >= shards + 2);
            assertThat(Duration.between(stopped, server.now())).isLessThan(Duration.ofHours(20));

            long epoch = replica.latestEpoch();
            try (RunningJob job = job("short-stop").resume(replica, savepoint)) {
                writes.stop();
                var contents = table.contents();
                job.until("the replica equals the table", () -> replica.holds(contents));
                assertThat(job.counter("gaps")).isZero();
            }
            assertThat(replica.latestEpoch()).isEqualTo(epoch);
        }
    }

    @Test
    void moreThanADayLaterTheLossIsFound() throws Exception {
        LocalTable table = table("long-stop");
        ServerSide server = new ServerSide(DYNAMODB, "long-stop");
        try (Replica replica = Replica.create();
                SteadyWrites writes = SteadyWrites.to(table)) {
            String savepoint = stoppedInTheStream("long-stop", replica);
            Instant stopped = server.now();
            Eventually.holds(
                    "the unread changes are trimmed",
                    LIMIT,
                    PrintedWait.of(() -> "stopped since " + stopped + ", it is " + server.now(), () -> server.now()
                            .isAfter(stopped.plus(TOO_LONG))));
            itFailsIfItMayNotCopyAgain(replica, savepoint);
            itCopiesTheTableAgain(table, replica, savepoint, writes);
        }
    }

    private static void itFailsIfItMayNotCopyAgain(Replica replica, String savepoint) throws Exception {
        var before = replica.items();
        ReplicaJob strict = job("long-stop").option("scan.stream.on-gap", "fail");
        try (RunningJob job = strict.resume(replica, savepoint)) {
            assertThat(job.awaitFailure())
                    .containsPattern("Table long-stop: changes were lost \\((TRIMMED|AGED_OUT)\\)")
                    .contains("Set 'scan.stream.on-gap' = 'resnapshot'");
            // The second sign can be counted, too, before Flink has handled the first.
            assertThat(job.counter("gaps")).isPositive();
        }
        assertThat(replica.items()).isEqualTo(before);
    }

    private static void itCopiesTheTableAgain(LocalTable table, Replica replica, String savepoint, SteadyWrites writes)
            throws Exception {
        long epoch = replica.latestEpoch();
        try (RunningJob job = job("long-stop").resume(replica, savepoint)) {
            job.until("a new copy has begun", () -> replica.latestEpoch() > epoch);
            int begun = writes.count();
            job.until("more writes were made", () -> writes.count() > begun + 100);
            writes.stop();
            var contents = table.contents();
            job.until("the replica equals the table", () -> replica.holdsOnceOlderEpochsAreRemoved(contents));
            assertThat(job.counter("gaps")).isEqualTo(1);
        }
    }

    private static LocalTable table(String name) throws Exception {
        return LocalTable.create(DYNAMODB.tables(), name).enableStream().load(0, 300, 1);
    }

    /** Returns a savepoint of a job that has copied the table and reads its stream. */
    private static String stoppedInTheStream(String table, Replica replica) throws Exception {
        try (SeenAnswers answers = new SeenAnswers();
                RunningJob job =
                        job(table, answers.to(new AwsDynamoDbServiceFactory())).start(replica)) {
            job.until(
                    "the stream is read",
                    PrintedWait.of(
                            () -> replica.size()
                                    + " items, "
                                    + answers
                                    + ", "
                                    + job.counter("callsUnavailable")
                                    + " of "
                                    + job.counter("calls")
                                    + " calls unavailable",
                            () -> answers.shardsRead() > 0));
            return job.stopWithSavepoint();
        }
    }

    private static ReplicaJob job(String table) {
        return job(table, new AwsDynamoDbServiceFactory());
    }

    private static ReplicaJob job(String table, DynamoDbServiceFactory services) {
        return ReplicaJob.of(FLINK, services, table)
                .options(FakeTime.options(DYNAMODB))
                .option("scan.snapshot.page-limit", "50");
    }
}
