/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.job.WireTable;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A test of jobs whose answers are damaged at random for a while. The consumer fails a job if an
 * event arrives twice or out of order, and at the end the replica equals the table.
 */
class WireFuzzIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    private static final int ITEMS = 300;
    private static final long SEED = 20;
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final WireDynamoDb wire = WireDynamoDb.start();
    private final WireTable orders = WireTable.create(wire, "orders", 2);
    private final Replica replica = Replica.create();

    @BeforeEach
    void fill() {
        wire.db().behaviour().scanPageItems(10).recordsPerPage(10);
        orders.load(0, ITEMS, 1);
        wire.db().clock().advance(Duration.ofHours(1));
    }

    @AfterEach
    void close() {
        replica.close();
        wire.close();
    }

    /** Checks that damages on the way cause no restart. */
    @Test
    void whatIsDamagedOnItsWayIsAskedForAgain() throws Exception {
        AtomicLong seeds = new AtomicLong(SEED);
        WireFault onTheWay =
                WireFault.damage("damaged on the way", truth -> AnswerDamage.onTheWay(seeds.incrementAndGet(), truth));
        try (RunningJob job =
                orders.job(FLINK).flink("restart-strategy.type", "none").start(replica)) {
            job.until("the job is admitted and scans", () -> replica.size() > 0);
            strike(0.4, 150, onTheWay);
            changeEverything(job, onTheWay, 150);
        }
    }

    /**
     * Checks that errors which the connector cannot know to be transient fail the job, and that it
     * restarts.
     */
    @Test
    void whatDynamoDbNeverSendsIsNeverTakenForAnAnswer() throws Exception {
        AtomicLong seeds = new AtomicLong(SEED);
        WireFault unmistakable = WireFault.damage(
                "damaged with a checksum that fits",
                truth -> AnswerDamage.unmistakable(seeds.incrementAndGet(), truth));
        try (RunningJob job = orders.job(FLINK)
                .flink("restart-strategy.fixed-delay.attempts", "1000")
                .start(replica)) {
            job.until("the job is admitted and scans", () -> replica.size() > 0);
            strike(0.2, 60, unmistakable);
            changeEverything(job, unmistakable, 60);
        }
    }

    private void strike(double probability, int times, WireFault fault) {
        Random random = new Random(SEED);
        AtomicInteger left = new AtomicInteger(times);
        wire.faults().always(request -> random.nextDouble() < probability && left.getAndDecrement() > 0, fault);
    }

    private void changeEverything(RunningJob job, WireFault fault, long times) {
        orders.load(0, ITEMS, 2);
        orders.stream().openShards().forEach(orders.stream()::split);
        orders.load(0, ITEMS, 3);
        orders.delete(7);
        job.until("all damages were met", LIMIT, () -> wire.faults().met(fault) >= times);
        job.until("the replica equals the table", LIMIT, () -> orders.isEqualTo(replica));
        assertThat(wire.faults().met(fault)).isEqualTo(times);
    }
}
