/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it.gap;

import static io.dynamoreplica.flink.testing.fake.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.config.TableSelection.Named;
import io.dynamoreplica.flink.config.TableSettings;
import io.dynamoreplica.flink.split.ItemKey.KeyType;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.ServiceCall;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import io.dynamoreplica.flink.testing.job.FakeReplication;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.job.ScanStop;
import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tests in which one of two tables is deleted and later created again with another key. The job does not restart,
 * because a restart would affect the other table's splits as well.
 */
class RecreatedTableIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    private static final int ITEMS = 60;

    @RegisterExtension
    final FakeReplication fake = new FakeReplication();

    private final FakeDynamoDb db = fake.db();
    private final FakeTable orders = db.createTable(TableSpec.named("orders"));
    private final FakeTable users = db.createTable(TableSpec.named("users"));
    private final Replica replica = fake.replica();

    @Test
    void itIsCopiedUnderItsNewKeyWhileTheOtherTableGoesOn() throws Exception {
        fill();
        try (RunningJob job = job().start(replica)) {
            job.until("both tables are copied", () -> replica.size() == 2 * ITEMS);
            put(orders, 1);
            job.until("orders are followed", () -> changes("orders") == 1);

            awayAndBack(job);
            put(orders, 2);
            job.until("every change of orders has arrived", () -> changes("orders") == 2);
        }
    }

    /** The readers of the segments find that the table no longer exists. */
    @Test
    void soItIsWhenItGoesAwayInTheMiddleOfItsCopy() throws Exception {
        fill();
        db.behaviour().scanPageItems(5);
        db.faults().stall("users' later pages", ScanStop.afterPages(db, 1).and(ServiceCall.toTable("users")));
        try (RunningJob job = job().start(replica)) {
            job.until("users are in the middle", () -> db.faults().waiting() > 0);
            put(orders, 1);
            job.until("orders are followed", () -> changes("orders") == 1);

            db.deleteTable("users");
            db.faults().releaseAll();
            job.until("a segment finds the table missing", () -> job.counter("callsRefusedOtherwise") > 0);
            recreated(job);
            put(orders, 2);
            job.until("every change of orders has arrived", () -> changes("orders") == 2);
        }
    }

    private void awayAndBack(RunningJob job) {
        db.deleteTable("users");
        job.until("the gap is counted", () -> job.counter("gaps") > 0);
        recreated(job);
    }

    private void recreated(RunningJob job) {
        FakeTable other = db.createTable(
                TableSpec.named("users").withPartitionKey("name", KeyType.S).withSortKey("born", KeyType.N));
        IntStream.range(0, ITEMS)
                .forEach(i -> other.put(item("name", "n" + i % 7).n("born", i).build()));
        job.until(
                "each item of the new table arrives under its own key",
                Duration.ofMinutes(2),
                () -> replica.items().keySet().stream()
                                .filter(key -> key.keySet().equals(Set.of("name", "born")))
                                .count()
                        == ITEMS);
        assertThat(replica.items().keySet())
                .as("only keys of the three tables that existed")
                .allMatch(key -> key.containsKey("id") || key.containsKey("born"));
    }

    private ReplicaJob job() {
        return ReplicaJob.of(FLINK, db.register(), "orders")
                .tables(new Named("orders", TableSettings.NONE), new Named("users", TableSettings.NONE))
                .option("scan.snapshot.total-segments", "4")
                .flink("restart-strategy.type", "none");
    }

    private void fill() {
        IntStream.range(0, ITEMS).forEach(i -> {
            orders.put(item("id", "o" + i).build());
            users.put(item("id", "u" + i).build());
        });
        db.clock().advance(Duration.ofHours(1));
    }

    private static void put(FakeTable table, int version) {
        table.put(item("id", "o0").n("version", version).build());
    }

    private long changes(String table) {
        return replica.events().stream()
                .filter(event -> !event.isFromSnapshot())
                .map(ChangeEvent::table)
                .filter(table::equals)
                .count();
    }
}
