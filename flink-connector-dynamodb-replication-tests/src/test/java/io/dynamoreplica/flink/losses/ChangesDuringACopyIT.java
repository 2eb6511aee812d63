/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.losses;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.testing.fake.ServiceCall;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.job.ScanStop;
import io.dynamoreplica.flink.testing.wire.WireOperation;
import io.dynamoreplica.flink.testing.wire.WireRequest;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests in which the table is written to during its copy: for a moment, for hours, and for more than a day. */
class ChangesDuringACopyIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    private static final int SEGMENTS = 4;
    private static final Duration MORE_THAN_A_DAY = Duration.ofHours(25);

    @RegisterExtension
    final Orders orders = Orders.inShards(2);

    /**
     * In whatever order copy and stream are read, the replica ends with the newest images and without deleted rows.
     */
    @Test
    void deletedRowsDoNotComeBackAndOldRowsDoNotWin() throws Exception {
        try (RunningJob job = stoppedInTheMiddle()) {
            orders.table().load(0, 100, 2);
            IntStream.range(50, 150).forEach(orders.table()::delete);
            orders.table().load(Orders.ITEMS, Orders.ITEMS + 50, 1);
            IntStream.range(Orders.ITEMS, Orders.ITEMS + 50).forEach(orders.table()::delete);
            IntStream.range(140, 145).forEach(number -> orders.table().put(number, 5));
            orders.db().faults().releaseAll();
            orders.untilEqual(job);

            orders.stream().openShards().forEach(orders.stream()::rollOver);
            orders.table().load(200, 250, 6);
            orders.untilEqual(job);
        }
    }

    /**
     * Writes twenty hours of changes, ten for each item. None is read before the copy has ended, so that none is
     * held in memory. None is lost afterwards.
     */
    @Test
    void changesAreLeftInTheStreamUntilTheCopyHasEnded() throws Exception {
        try (RunningJob job = stoppedInTheMiddle()) {
            long asked = recordsAskedFor();
            for (int version = 2; version <= 11; version++) {
                orders.table().load(0, Orders.ITEMS, version);
                orders.db().clock().advance(Duration.ofHours(2));
            }
            orders.awaitNextListing(job);
            assertThat(recordsAskedFor()).isEqualTo(asked);
            orders.db().faults().releaseAll();
            orders.untilEqual(job);
            assertThat(job.counter("gaps")).isZero();
        }
        assertThat(orders.replica().count(Operation.READ)).isEqualTo(Orders.ITEMS);
        assertThat(orders.replica().count(Operation.MODIFY)).isEqualTo(10 * Orders.ITEMS);
    }

    /**
     * Iterators expire, records are trimmed, and shards disappear. The table is copied once more, and the replica
     * is in sync.
     */
    @Test
    void aCopyThatTakesLongerThanTheStreamKeepsIsMadeAgain() throws Exception {
        try (RunningJob job = stoppedInTheMiddle()) {
            job.until(
                    "rows of the first copy have arrived",
                    () -> orders.replica().size() > 0);
            long epoch = orders.replica().latestEpoch();
            outlastTheStream();
            orders.db().faults().releaseAll();
            orders.untilCopiedAfter(epoch, job);
            orders.table().load(0, 50, 7);
            orders.untilCopiedAfter(epoch, job);
        }
    }

    /**
     * A copy that can never catch up has no use. The error says what was missing. Each copy has begun to read all
     * its segments before its day is over, because two days that pass in one copy count as one loss.
     */
    @Test
    void copiesThatNeverCatchUpAreGivenUpWithAReason() throws Exception {
        try (RunningJob job = stoppedInTheMiddle()) {
            for (int copy = 1; copy <= 3; copy++) {
                long scans = scansOfReaders();
                outlastTheStream();
                if (copy < 3) {
                    job.until(
                            "all segments of the next copy are requested", () -> scansOfReaders() >= scans + SEGMENTS);
                }
            }
            assertThat(job.awaitFailure())
                    .contains("Table orders: changes were lost")
                    .contains("At least two consecutive copies were given up, and the last one was still behind")
                    .contains("scan.snapshot.total-segments");
        }
    }

    /** Returns a job whose readers wait after the first page of each segment. */
    private RunningJob stoppedInTheMiddle() throws Exception {
        orders.db().faults().stall("later pages", ScanStop.afterPages(orders.db(), 1));
        RunningJob job = orders.job(FLINK)
                .option("scan.snapshot.total-segments", String.valueOf(SEGMENTS))
                .start(orders.replica());
        job.until("all segments are in the middle", () -> orders.db().faults().waiting() == SEGMENTS);
        return job;
    }

    private void outlastTheStream() {
        orders.table().load(0, 100, 2);
        IntStream.range(0, 10).forEach(orders.table()::delete);
        orders.db().clock().advance(MORE_THAN_A_DAY);
        orders.trimAll();
        orders.db().expireIterators();
    }

    private long scansOfReaders() {
        return orders.db().calls().count(ServiceCall.ofReaders());
    }

    private long recordsAskedFor() {
        return orders.wire().count(WireRequest.of(WireOperation.GET_RECORDS));
    }
}
