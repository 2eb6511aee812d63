/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it.readers;

import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.InducedFailure;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.job.WireTable;
import io.dynamoreplica.flink.testing.wire.WireDynamoDb;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tests of how shards are spread over readers. A stream begins with one shard, its children split repeatedly, and
 * in the end all readers have shards. The keyed consumer fails the job if a change arrives before an older one.
 */
class BalanceIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    private static final int ITEMS = 200;
    private static final int READERS = 4;

    private final WireDynamoDb wire = WireDynamoDb.start();
    private final WireTable orders = WireTable.create(wire, "orders", 1);
    private final Replica replica = Replica.create();
    private final InducedFailure failure = new InducedFailure();
    private int version;

    @BeforeEach
    void fill() {
        wire.db().behaviour().recordsPerPage(20);
        write();
        wire.db().clock().advance(Duration.ofHours(1));
    }

    @AfterEach
    void close() {
        failure.close();
        replica.close();
        wire.close();
    }

    @Test
    void theShardsOfAStreamThatBeganWithOneSpreadOverAllReaders() throws Exception {
        try (RunningJob job = job().start(replica)) {
            untilEqual(job);
            splitThreeTimes(job);
            untilEachReaderHasTwoShards(job);
        }
    }

    @Test
    void theySpreadInSpiteOfAFailureAndKeepTheirOrder() throws Exception {
        try (RunningJob job = job().start(replica)) {
            untilEqual(job);
            failure.afterElements(2 * ITEMS);
            splitThreeTimes(job);
            job.until("the task has failed", () -> failure.strikes() == 1);
            write();
            untilEqual(job);
        }
    }

    /** At the same parallelism, Flink gives each reader its own state back. */
    @Test
    void theyStaySpreadOverARestoreAtTheSameParallelism() throws Exception {
        String savepoint;
        try (RunningJob job = job().start(replica)) {
            untilEqual(job);
            splitThreeTimes(job);
            untilEachReaderHasTwoShards(job);
            savepoint = job.stopWithSavepoint();
        }
        try (RunningJob job = job().resume(replica, savepoint)) {
            write();
            untilEqual(job);
            untilEachReaderHasTwoShards(job);
        }
    }

    private ReplicaJob job() {
        return orders.job(FLINK).parallelism(READERS).failingBy(failure);
    }

    private void splitThreeTimes(RunningJob job) {
        for (int generation = 1; generation <= 3; generation++) {
            write();
            orders.stream().openShards().forEach(orders.stream()::split);
            write();
            untilEqual(job);
        }
    }

    private static void untilEachReaderHasTwoShards(RunningJob job) {
        job.until("each reader has two shards", () -> job.gauges("heldSplits").equals(List.of(2L, 2L, 2L, 2L)));
    }

    private void untilEqual(RunningJob job) {
        job.until("the replica equals the table", () -> orders.isEqualTo(replica));
    }

    private void write() {
        orders.load(0, ITEMS, ++version);
    }
}
