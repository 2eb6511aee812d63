/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it.readers;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.testing.fake.CallKind;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.ServiceCall;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import io.dynamoreplica.flink.testing.job.FakeReplication;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.Gate;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.job.ScanStop;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of a reader that starts long after the others. */
class LateReaderIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    private static final int ITEMS = 600;

    @RegisterExtension
    final FakeReplication fake = new FakeReplication();

    private final FakeDynamoDb db = fake.db();
    private final FakeTable table = db.createTable(TableSpec.named("orders").withShards(6));
    private final Replica replica = fake.replica();
    private final Gate gate = new Gate(2);

    @AfterEach
    void close() {
        gate.close();
    }

    @Test
    void itGetsItsSegmentsAndItsShardsAndTheOthersDoNotWaitForIt() throws Exception {
        table.load(0, ITEMS, 1);
        db.clock().advance(Duration.ofHours(1));
        db.behaviour().scanPageItems(10);
        letEachSegmentOfTheFirstTwoReadOnePage();
        try (RunningJob job = job().start(replica)) {
            job.until("a reader is late", gate::isSomebodyWaiting);
            job.until("the others read", () -> replica.count(Operation.READ) == 8 * 10);
            job.until("and wait in the middle", () -> db.faults().waiting() == 8);

            gate.open();
            job.until(
                    "the late reader reads the rest, a third of the table",
                    () -> replica.count(Operation.READ) > 8 * 10 + ITEMS / 4);
            db.faults().releaseAll();
            job.until("the copy is complete", () -> replica.equalsTable(table));

            table.load(0, ITEMS, 2);
            job.until("the stream is read", () -> replica.equalsTable(table));
        }
        assertThat(replica.count(Operation.READ)).isEqualTo(ITEMS);
        assertThat(replica.count(Operation.MODIFY)).isEqualTo(ITEMS);
    }

    @Test
    void theStreamIsNotReadBeforeEveryReaderHasSaidWhatItHolds() throws Exception {
        try (RunningJob job =
                job().option("scan.startup.mode", "earliest-offset").start(replica)) {
            table.load(0, ITEMS, 1);
            job.until("a reader is late", gate::isSomebodyWaiting);
            job.until("shards are listed again", () -> db.calls().count(CallKind.LIST_SHARDS) >= 3);
            assertThat(replica.events()).isEmpty();

            gate.open();
            job.until("the stream is read", () -> replica.equalsTable(table));
        }
    }

    /** Returns a job with twelve segments, four for each reader. The first two readers get eight of them. */
    private ReplicaJob job() {
        return ReplicaJob.of(FLINK, gate.before(db.register()), "orders")
                .option("scan.snapshot.total-segments", "12")
                .option("scan.snapshot.segments-per-reader", "4")
                .parallelism(3)
                .withoutExchange();
    }

    private void letEachSegmentOfTheFirstTwoReadOnePage() {
        Predicate<ServiceCall> secondPages = ScanStop.afterPages(db, 1);
        db.faults()
                .stall(
                        "the first eight",
                        call -> secondPages.test(call)
                                && Integer.parseInt(call.part().split("/")[0]) < 8);
    }
}
