/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it.tables;

import static io.dynamoreplica.flink.testing.fake.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.DynamoDbReplicationSource;
import io.dynamoreplica.flink.DynamoDbReplicationSourceBuilder;
import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.ChangeEventDeserializationSchema;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.service.ScanRequest;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import io.dynamoreplica.flink.testing.job.FakeReplication;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tests that an option set for one table of a job shows in the requests for that table, and in no others. The tests
 * use the fake, because a server does not show which requests it received.
 */
class TableOverridesIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    private static final int ITEMS = 40;

    @RegisterExtension
    final FakeReplication fake = new FakeReplication();

    private final FakeDynamoDb db = fake.db();
    private final Replica replica = fake.replica();

    @BeforeEach
    void fill() {
        for (String name : List.of("plain", "small-pages", "many-segments", "eventual")) {
            FakeTable table = db.createTable(TableSpec.named(name).withoutStream());
            IntStream.range(0, ITEMS)
                    .forEach(i -> table.put(item("id", name + i).n("version", 1).build()));
        }
    }

    @Test
    void anOverrideIsSeenInTheScansOfItsOwnTableAlone() throws Exception {
        try (RunningJob job = ReplicaJob.of(FLINK, db.register(), "in-the-builder")
                .reading(fourTables())
                .start(replica)) {
            job.awaitFinished();
        }
        assertThat(replica.size()).isEqualTo(4 * ITEMS);
        assertScanned("plain", 2, 30, true);
        assertScanned("small-pages", 2, 3, true);
        assertScanned("many-segments", 5, 30, true);
        assertScanned("eventual", 2, 30, false);
        assertThat(scans("small-pages")).hasSizeGreaterThanOrEqualTo(ITEMS / 3);
        assertThat(scans("plain")).hasSizeLessThan(ITEMS / 3);
    }

    private static DynamoDbReplicationSourceBuilder<ChangeEvent> fourTables() {
        return DynamoDbReplicationSource.builder(new ChangeEventDeserializationSchema())
                .region("eu-central-1")
                .startupMode(StartupMode.SNAPSHOT)
                .option("scan.snapshot.total-segments", "2")
                .option("scan.snapshot.page-limit", "30")
                .table("plain")
                .table("small-pages", table -> table.option("scan.snapshot.page-limit", "3"))
                .table("many-segments", table -> table.option("scan.snapshot.total-segments", "5"))
                .table("eventual", table -> table.option("scan.snapshot.consistent-read", "false")
                        .option("scan.snapshot.settle-time", "0 s"));
    }

    private void assertScanned(String table, int segments, int limit, boolean consistent) {
        assertThat(scans(table))
                .as(table)
                .allMatch(scan -> scan.split().totalSegments() == segments)
                .allMatch(scan -> scan.pageLimit().equals(OptionalInt.of(limit)))
                .allMatch(scan -> scan.consistentRead() == consistent);
        assertThat(scans(table).stream().map(scan -> scan.split().segment()).distinct())
                .as(table)
                .hasSize(segments);
    }

    /** Returns the Scan requests, without the one of the check before the job begins. */
    private List<ScanRequest> scans(String table) {
        return db.calls().scans().stream()
                .filter(scan -> scan.split().table().equals(table))
                .filter(scan -> !scan.pageLimit().equals(OptionalInt.of(1)))
                .toList();
    }
}
