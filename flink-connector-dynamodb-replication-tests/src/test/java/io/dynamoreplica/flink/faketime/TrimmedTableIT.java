/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.faketime;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.aws.AwsDynamoDbServiceFactory;
import io.dynamoreplica.flink.testing.DynamoDbLocalExtension;
import io.dynamoreplica.flink.testing.Eventually.Condition;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.LocalTable;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tests of a table whose last write was 25 hours ago. Its shard is open, and the server refuses to read it, because
 * all its records are trimmed. In every startup mode, no change is lost.
 *
 * <pre>
 *   server's hours   0            25 ── three jobs start ── stop     45 ── they go on ── a change
 *   records          ├ put        ┆ trimmed: each call is refused     ┆ still              ├ one
 * </pre>
 */
@ExtendWith(FakeTime.class)
class TrimmedTableIT {

    private static final MovedClock CLOCK = MovedClock.create();

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    @RegisterExtension
    static final DynamoDbLocalExtension DYNAMODB = FakeTime.server(CLOCK.environment());

    private static final int ITEMS = 50;

    /** After eight refusals, a reader asks whether the shard is closed. It is not, so more refusals must follow. */
    private static final int REFUSALS = 9;

    private static final Duration LIMIT = Duration.ofMinutes(3);

    @Test
    void noLossIsCountedNothingIsCopiedTwiceAndTheNextChangeArrives() throws Exception {
        LocalTable table =
                LocalTable.create(DYNAMODB.tables(), "orders").enableStream().load(0, ITEMS, 1);
        var written = table.contents();
        CLOCK.advance(Duration.ofHours(25));
        try (Started initial = new Started("initial");
                Started latest = new Started("latest-offset");
                Started earliest = new Started("earliest-offset")) {
            List<Started> all = List.of(initial, latest, earliest);
            for (Started job : all) {
                job.isRefusedWithoutEnd();
            }
            List<String> savepoints = new ArrayList<>();
            for (Started job : all) {
                savepoints.add(job.stop());
            }
            CLOCK.advance(Duration.ofHours(20));
            for (Started job : all) {
                job.goOn(savepoints.remove(0));
            }
            for (Started job : all) {
                job.isRefusedAgain();
            }
            assertThat(initial.replica.items()).isEqualTo(written);

            table.put(7, 2);
            var contents = table.contents();
            initial.until("the replica equals the table", () -> initial.replica.holds(contents));
            for (Started job : all) {
                job.until("the change arrives", () -> job.replica.count(Operation.MODIFY) == 1);
                assertThat(job.gaps()).as(job.mode).isZero();
            }
            assertThat(initial.replica.counts()).isEqualTo(Map.of(Operation.READ, (long) ITEMS, Operation.MODIFY, 1L));
            assertThat(latest.replica.counts()).isEqualTo(Map.of(Operation.MODIFY, 1L));
            assertThat(earliest.replica.counts()).isEqualTo(Map.of(Operation.MODIFY, 1L));
        }
    }

    /** A job that was started in one mode, and what it did. */
    private static final class Started implements AutoCloseable {

        private final String mode;
        private final Replica replica = Replica.withHistory();
        private final SeenAnswers answers = new SeenAnswers();
        private RunningJob job;

        Started(String mode) throws Exception {
            this.mode = mode;
            job = description().start(replica);
        }

        private ReplicaJob description() {
            return ReplicaJob.of(FLINK, answers.to(new AwsDynamoDbServiceFactory()), "orders")
                    .options(DYNAMODB.awsOptions())
                    .option("scan.startup.mode", mode)
                    .parallelism(1);
        }

        void isRefusedWithoutEnd() {
            until("the shard is refused", () -> refused() >= REFUSALS);
            assertThat(gaps()).as(mode).isZero();
        }

        String stop() throws Exception {
            String savepoint = job.stopWithSavepoint();
            job.close();
            return savepoint;
        }

        void goOn(String savepoint) throws Exception {
            job = description().resume(replica, savepoint);
        }

        void isRefusedAgain() {
            long before = refused();
            until("the shard is refused again", () -> refused() > before);
        }

        void until(String what, Condition condition) {
            job.until(mode + ": " + what, LIMIT, condition);
        }

        long gaps() {
            return job.counter("gaps");
        }

        private long refused() {
            return answers.refused(Refusal.Kind.TRIMMED);
        }

        @Override
        public void close() throws Exception {
            job.close();
            answers.close();
            replica.close();
        }
    }
}
