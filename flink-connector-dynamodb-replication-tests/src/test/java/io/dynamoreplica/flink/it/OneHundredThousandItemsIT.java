/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.service.aws.AwsDynamoDbServiceFactory;
import io.dynamoreplica.flink.testing.DynamoDbLocalExtension;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.InducedFailure;
import io.dynamoreplica.flink.testing.job.LocalTable;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A job over the real SDK that copies a large table while the table is written to. */
class OneHundredThousandItemsIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    @RegisterExtension
    static final DynamoDbLocalExtension DYNAMODB = new DynamoDbLocalExtension();

    private static final int ITEMS = 100_000;
    private static final int LEAST_WRITES = 2_000;

    /** On a busy machine, DynamoDB Local can take a minute for the Scan alone. */
    private static final Duration LIMIT = Duration.ofMinutes(4);

    @Test
    void theReplicaConvergesUnderConcurrentWritesAndFailures() throws Exception {
        LocalTable table =
                LocalTable.create(DYNAMODB.tables(), "orders").load(0, ITEMS, 1).enableStream();
        AtomicBoolean copied = new AtomicBoolean();
        try (Replica replica = Replica.create();
                InducedFailure failure = new InducedFailure().afterElements(ITEMS / 3);
                RunningJob job = job().failingBy(failure).start(replica)) {
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> writeUntil(copied, table));
            job.until("the task has failed", LIMIT, () -> failure.strikes() == 1);
            job.until("the copy is almost complete", LIMIT, () -> replica.size() >= ITEMS - 1_000);
            failure.afterElements(500);
            copied.set(true);
            writer.get();
            table.load(0, 1_000, 3);
            job.until("the task has failed again", LIMIT, () -> failure.strikes() == 2);

            Map<Map<String, AttributeValue>, Map<String, AttributeValue>> contents = table.contents();
            assertThat(contents).hasSizeGreaterThan(ITEMS / 2);
            job.until("the replica equals the table", LIMIT, () -> replica.holds(contents));
        }
    }

    /** Inserts, changes and deletes items, one after the other, so that the Scan has most of the machine. */
    private static void writeUntil(AtomicBoolean end, LocalTable table) {
        Random random = new Random(4);
        for (int i = 0; i < LEAST_WRITES || !end.get(); i++) {
            int number = random.nextInt(ITEMS + ITEMS / 10);
            if (i % 20 == 0) {
                table.delete(number);
            } else {
                table.put(number, 2);
            }
        }
    }

    private static ReplicaJob job() {
        return ReplicaJob.of(FLINK, new AwsDynamoDbServiceFactory(), "orders")
                .options(DYNAMODB.awsOptions())
                .option("scan.snapshot.page-limit", "1000")
                .flink("execution.checkpointing.interval", "500 ms");
    }
}
