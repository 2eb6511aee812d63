/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.losses;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.job.ScanStop;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tests in which the stream has dropped records that were not read yet. The job never continues silently: it copies
 * the table again, or fails with an error that says what was lost.
 *
 * <p>In all tests, DynamoDB's clock is more than a year behind the machine's clock, and advances by days within a
 * second.
 */
class LostPositionIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    private static final Duration MORE_THAN_A_DAY = Duration.ofHours(25);

    @RegisterExtension
    final Orders orders = Orders.inShards(1);

    @Test
    void aTrimmedPositionEndsInANewCopyWithANewEpoch() throws Exception {
        try (RunningJob job = orders.streaming(orders.job(FLINK))) {
            long epoch = orders.replica().latestEpoch();
            loseChanges(job);
            orders.untilCopiedAfter(epoch, job);
            assertThat(job.counter("gaps")).isPositive();
            orders.table().load(50, 80, 4);
            orders.untilCopiedAfter(epoch, job);
        }
    }

    @Test
    void aTrimmedPositionFailsTheJobAndNamesTheLossIfThatIsThePolicy() throws Exception {
        String shard = orders.shard();
        try (RunningJob job = orders.streaming(orders.job(FLINK).option("scan.stream.on-gap", "fail"))) {
            loseChanges(job);
            assertThat(job.awaitFailure())
                    .contains("Table orders: changes were lost (TRIMMED)")
                    .contains(shard)
                    .contains("scan.stream.on-gap");
        }
    }

    /** No call is refused: only the oldest record in the stream is no longer the same. */
    @Test
    void anIdleShardThatAgedWhileTheJobWasStoppedEndsInANewCopy() throws Exception {
        String savepoint = stoppedBeforeTheFirstRecord();
        long epoch = orders.replica().latestEpoch();
        orders.table().load(0, 10, 2);
        orders.table().delete(20);
        orders.db().clock().advance(MORE_THAN_A_DAY);
        orders.table().load(100, 110, 3);
        orders.stream().trimOlderThan(orders.db().clock().instant().minus(Duration.ofHours(24)));
        try (RunningJob job = orders.job(FLINK).resume(orders.replica(), savepoint)) {
            orders.untilCopiedAfter(epoch, job);
        }
    }

    @Test
    void aShardThatAgedAndIsNotListedAnyMoreEndsInANewCopy() throws Exception {
        String savepoint = stoppedBeforeTheFirstRecord();
        String idle = orders.shard();
        long epoch = orders.replica().latestEpoch();
        orders.table().load(0, 10, 2);
        orders.stream().rollOver(idle);
        orders.db().clock().advance(MORE_THAN_A_DAY);
        orders.stream().unlist(idle);
        orders.table().load(100, 110, 3);
        try (RunningJob job = orders.job(FLINK).resume(orders.replica(), savepoint)) {
            orders.untilCopiedAfter(epoch, job);
        }
    }

    /**
     * The readers are stuck in the copy and never read the shard. The enumerator finds the loss by the clock alone.
     */
    @Test
    void aShardThatNobodyReadsYetAgesTooThoughItIsNotListedAnyMore() throws Exception {
        String shard = orders.shard();
        orders.db().faults().stall("later pages", ScanStop.afterPages(orders.db(), 1));
        String savepoint;
        try (RunningJob job = orders.job(FLINK).start(orders.replica())) {
            job.until("the middle of the copy", () -> orders.db().faults().waiting() > 0);
            savepoint = job.savepoint();
        }
        orders.table().load(0, 10, 2);
        orders.stream().rollOver(shard);
        orders.db().clock().advance(MORE_THAN_A_DAY);
        orders.stream().unlist(shard);
        try (RunningJob job =
                orders.job(FLINK).option("scan.stream.on-gap", "fail").resume(orders.replica(), savepoint)) {
            assertThat(job.awaitFailure())
                    .contains("Table orders: changes were lost (AGED_OUT)")
                    .contains(shard);
        }
    }

    @Test
    void aStopWithinTheDayOfDynamoDbsClockIsNoLossWhateverOursSays() throws Exception {
        String savepoint = stoppedBeforeTheFirstRecord();
        orders.table().load(0, 10, 2);
        orders.table().delete(20);
        orders.db().clock().advance(Duration.ofHours(22));
        orders.stream().rollOver(orders.shard());
        orders.table().load(100, 110, 3);
        try (RunningJob job = orders.job(FLINK).resume(orders.replica(), savepoint)) {
            orders.untilEqual(job);
            assertThat(job.counter("gaps")).isZero();
        }
        assertThat(orders.replica().count(Operation.READ)).isEqualTo(Orders.ITEMS);
        assertThat(orders.replica().count(Operation.MODIFY)).isEqualTo(20);
    }

    /** Deletes and changes items. The stream drops these changes before the job may read them. */
    private void loseChanges(RunningJob job) {
        orders.stopReading(job);
        orders.table().load(20, 60, 3);
        List.of(1, 2, 3).forEach(orders.table()::delete);
        orders.trimAll();
        orders.goOn();
    }

    /** Stops a job that has copied the table and read a shard that has no record so far. */
    private String stoppedBeforeTheFirstRecord() throws Exception {
        orders.stream().rollOver(orders.shard());
        String idle = orders.shard();
        try (RunningJob job = orders.job(FLINK).start(orders.replica())) {
            orders.untilEqual(job);
            job.until("the shard is read", () -> orders.pagesAskedOf(idle) > 3);
            return job.stopWithSavepoint();
        }
    }
}
