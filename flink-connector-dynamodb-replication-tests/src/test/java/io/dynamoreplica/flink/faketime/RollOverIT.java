/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.faketime;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.aws.AwsDynamoDbServiceFactory;
import io.dynamoreplica.flink.testing.DynamoDbLocalExtension;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.LocalTable;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tests of a day and a half of the server's time under writes: a new shard follows every four hours, and records
 * that were read are trimmed while the job runs.
 */
@ExtendWith(FakeTime.class)
class RollOverIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    @RegisterExtension
    static final DynamoDbLocalExtension DYNAMODB = FakeTime.server();

    private static final Duration WRITING = Duration.ofMinutes(2);

    /** More shards roll over in that time, but the machine may be slow, and the first shard is old. */
    private static final int GENERATIONS = 5;

    @Test
    void everyGenerationIsReadWhileTheTableIsWrittenTo() throws Exception {
        LocalTable table =
                LocalTable.create(DYNAMODB.tables(), "orders").enableStream().load(0, 300, 1);
        ServerSide server = new ServerSide(DYNAMODB, "orders");
        try (Replica replica = Replica.create();
                SeenAnswers answers = new SeenAnswers();
                SteadyWrites writes = SteadyWrites.to(table);
                RunningJob job = job(answers).start(replica)) {
            long deadline = System.nanoTime() + WRITING.toNanos();
            job.until(
                    "writes ran for two minutes",
                    WRITING.multipliedBy(2),
                    PrintedWait.of(
                            () -> writes.count()
                                    + " writes, "
                                    + answers
                                    + ", unavailable "
                                    + job.counter("callsUnavailable")
                                    + " of "
                                    + job.counter("calls")
                                    + " calls, it is "
                                    + server.now(),
                            () -> System.nanoTime() >= deadline));
            writes.stop();
            var contents = table.contents();
            job.until("the replica equals the table", () -> replica.holds(contents));
            System.out.println("In the end " + answers);

            assertThat(job.counter("gaps")).isZero();
            assertThat(answers.shardsRead()).isGreaterThanOrEqualTo(GENERATIONS);
            assertThat(answers.refused(Refusal.Kind.ITERATOR_EXPIRED)).isPositive();
        }
    }

    /**
     * Returns a job that polls more slowly than iterators expire, so that each rest ends with an expired iterator.
     */
    private static ReplicaJob job(SeenAnswers answers) {
        return ReplicaJob.of(FLINK, answers.to(new AwsDynamoDbServiceFactory()), "orders")
                .options(FakeTime.options(DYNAMODB))
                .options(Map.of("scan.snapshot.page-limit", "50", "scan.stream.poll-interval", "1 s"));
    }
}
