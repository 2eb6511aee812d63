/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.losses;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.config.TableSelection.Named;
import io.dynamoreplica.flink.config.TableSettings;
import io.dynamoreplica.flink.service.aws.AwsDynamoDbServiceFactory;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.job.WireTable;
import io.dynamoreplica.flink.testing.wire.WireDynamoDb;
import io.dynamoreplica.flink.testing.wire.WireOperation;
import io.dynamoreplica.flink.testing.wire.WireRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tests of the rate of DescribeStream: an account has 10 calls of it a second, for all clients that list its
 * streams.
 */
class ControlPlaneIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    /** Half of that limit. */
    private static final Duration PACE = Duration.ofMillis(200);

    private static final List<String> TABLES =
            IntStream.range(0, 10).mapToObj(number -> "orders-" + number).toList();
    private static final int PAGES = 2;
    private static final int MORE = 25;

    /** The number of control threads of an enumerator. */
    private static final int CONTROL_THREADS = 2;

    private final WireDynamoDb wire = WireDynamoDb.start();
    private final Replica replica = Replica.create();

    @AfterEach
    void close() {
        replica.close();
        wire.close();
    }

    /**
     * On a busy machine, requests that left one pace apart can arrive closer together. But the requests that arrive
     * within a period have all left within it, except those that were already on their way when it began: at most
     * one for each thread.
     */
    @Test
    void theListingsOfAllTablesKeepOnePaceTogether() throws Exception {
        wire.behaviour().shardsPerPage(1);
        TABLES.forEach(name -> WireTable.create(wire, name, PAGES));
        try (RunningJob job = start()) {
            job.until("each table is listed", () -> TABLES.stream().allMatch(this::isListed));
            long began = System.nanoTime();
            long before = listings();
            job.until("more listings are made", () -> listings() >= before + MORE);
            long arrived = listings() - before;
            Duration passed = Duration.ofNanos(System.nanoTime() - began);
            assertThat(arrived)
                    .as("pages of listings within %s", passed)
                    .isLessThanOrEqualTo(passed.dividedBy(PACE) + 1 + CONTROL_THREADS);
        }
    }

    private RunningJob start() throws Exception {
        return ReplicaJob.of(FLINK, new AwsDynamoDbServiceFactory(), TABLES.get(0))
                .options(wire.awsOptions())
                .tables(TABLES.stream()
                        .map(name -> new Named(name, TableSettings.NONE))
                        .toArray(Named[]::new))
                .start(replica);
    }

    private boolean isListed(String table) {
        Predicate<WireRequest> listing = WireRequest.of(WireOperation.DESCRIBE_STREAM);
        return wire.count(listing.and(WireRequest.toTable(table))) >= PAGES;
    }

    private long listings() {
        return wire.count(WireRequest.of(WireOperation.DESCRIBE_STREAM));
    }
}
