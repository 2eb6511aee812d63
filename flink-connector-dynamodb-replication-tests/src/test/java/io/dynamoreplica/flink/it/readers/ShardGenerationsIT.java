/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it.readers;

import static io.dynamoreplica.flink.testing.fake.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.protocol.Phase;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import io.dynamoreplica.flink.testing.job.FakeReplication;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.InducedFailure;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.job.ScanStop;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tests of shards that close and have children faster than they are read, while one item changes in all of them.
 * The keyed consumer fails the job if a change arrives before an older one.
 */
class ShardGenerationsIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    private static final MapItem HOT = item("id", "hot").build();

    @RegisterExtension
    final FakeReplication fake = new FakeReplication();

    private final FakeDynamoDb db = fake.db();
    private final FakeTable table = db.createTable(TableSpec.named("orders").withShards(3));
    private final Replica replica = fake.replica();
    private final InducedFailure failure = fake.failure();
    private long version;

    @BeforeEach
    void start() {
        db.behaviour().recordsPerPage(15).emptyRecordPages(1).shuffleListings(7);
        write(50);
        db.clock().advance(Duration.ofHours(1));
    }

    @Test
    void aHotItemKeepsItsOrderThroughAllGenerations() throws Exception {
        Set<String> hotShards = new HashSet<>();
        try (RunningJob job = job().start(replica)) {
            job.until("the copy is complete", () -> replica.equalsTable(table));
            for (int generation = 0; generation < 3; generation++) {
                hotShards.add(table.shardOf(HOT));
                write(60);
                nextGeneration();
                hotShards.add(table.shardOf(HOT));
                write(60);
            }
            job.until("the replica equals the table", () -> replica.equalsTable(table));

            failure.afterElements(150);
            for (int generation = 0; generation < 3; generation++) {
                write(60);
                nextGeneration();
            }
            hotShards.add(table.shardOf(HOT));
            write(60);
            job.until("the task has failed", () -> failure.strikes() == 1);
            job.until("the replica equals the table", () -> replica.equalsTable(table));
        }
        assertThat(hotShards).hasSizeGreaterThanOrEqualTo(4);
        assertThat(arrivedVersionsOfHot())
                .isEqualTo(IntStream.rangeClosed(1, (int) version)
                        .filter(number -> number >= 50)
                        .boxed()
                        .collect(Collectors.toSet()));
    }

    @Test
    void generationsThatBeganWhileTheTableWasScannedAreReadFromTheirOldest() throws Exception {
        db.faults().stall("the scan", ScanStop.afterPages(db, 0));
        try (RunningJob job = job().start(replica)) {
            job.until("the scan has begun", () -> db.faults().waiting() > 0);
            for (int generation = 0; generation < 3; generation++) {
                write(40);
                nextGeneration();
            }
            write(40);
            db.faults().releaseAll();
            job.until(
                    "every change has arrived",
                    () -> changes() >= recordsSinceTheAnchor() && replica.equalsTable(table));
        }
        assertThat(changes()).isEqualTo(recordsSinceTheAnchor());
    }

    /** Records stay in buffers for a long time, and no barrier flushes them. */
    @Test
    void childrenFollowTheirParentWhileNoCheckpointCoversItsEnd() throws Exception {
        db.behaviour().emptyRecordPages(0);
        ReplicaJob slow = job().option("scan.startup.mode", "latest-offset")
                .withoutCheckpoints()
                .flink("execution.buffer-timeout", "2 s");
        try (RunningJob job = slow.start(replica)) {
            job.awaitPhase(Phase.STREAMING, "orders");
            for (int generation = 0; generation < 5; generation++) {
                write(50);
                nextGeneration();
            }
            write(50);
            job.until("the replica equals the table", () -> replica.equalsTable(table));
        }
    }

    private ReplicaJob job() {
        return ReplicaJob.of(FLINK, db.register(), "orders").parallelism(3).failingBy(failure);
    }

    /** Rolls half of the open shards over, and splits the other half. */
    private void nextGeneration() {
        List<String> open = table.stream().openShards();
        for (int i = 0; i < open.size(); i++) {
            if (i % 2 == 0 && open.size() < 12) {
                table.stream().split(open.get(i));
            } else {
                table.stream().rollOver(open.get(i));
            }
        }
    }

    /** Writes changes. Every second change is to the one hot item. */
    private void write(int changes) {
        for (int i = 0; i < changes; i++) {
            version++;
            table.put(item("id", "hot").n("version", version).build());
            table.put(item("id", "k" + i % 40).n("version", version).build());
        }
    }

    private Set<Integer> arrivedVersionsOfHot() {
        return replica.events().stream()
                .filter(event -> event.keys().materialise().equals(HOT.materialise()))
                .map(event -> (AttributeValue.N) event.after().materialise().get("version"))
                .map(number -> Integer.valueOf(number.digits()))
                .collect(Collectors.toSet());
    }

    private long changes() {
        return replica.count(Operation.MODIFY) + replica.count(Operation.INSERT);
    }

    private long recordsSinceTheAnchor() {
        return table.stream().shards().stream()
                        .mapToLong(
                                shard -> table.stream().records(shard.shardId()).size())
                        .sum()
                - 2 * 50;
    }
}
