/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.InducedFailure;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.job.WireTable;
import io.dynamoreplica.flink.testing.wire.WireDynamoDb;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A test of one job that runs for {@code -Dsoak.minutes} minutes, 20 by default, over the simulator on the wire:
 * steady writes, a shard that rolls over or splits every three seconds, a checkpoint each second, a failed task
 * every minute. At the end, the replica equals the table, and no resource has grown.
 *
 * <p>The simulator runs in this process. It forgets old requests, and its shards leave the stream, so that growth
 * does not come from the simulator. Its clock runs fast, because the connector remembers a shard for an hour after
 * it was last listed.
 */
class ReplicationSoak {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    private static final long SECONDS = 60 * Long.getLong("soak.minutes", 20);
    private static final Path FILE = Path.of("target", "soak.csv");

    /** Until the first shards have left the stream, plus an hour on DynamoDB's clock. */
    private static final long WARM_UP_SECONDS = 75;

    /** An hour passes in 20 seconds; an iterator expires after 5 seconds, a record after 8 minutes. */
    private static final int TIMES_AS_FAST = 180;

    private static final long CLOSED_SHARDS_KEPT = TimeUnit.SECONDS.toNanos(45);
    private static final int ITEMS = 200;
    private static final int SEED = 1;

    private final Random random = new Random(SEED);
    private final WireDynamoDb wire = WireDynamoDb.start();
    private final WireTable orders = WireTable.create(wire, "orders", 2);
    private final Replica replica = Replica.create();
    private final InducedFailure failure = new InducedFailure();
    private final ShardTurnover shards = new ShardTurnover(orders.stream(), random, CLOSED_SHARDS_KEPT);
    private int written;

    @AfterEach
    void close() {
        failure.close();
        replica.close();
        wire.close();
    }

    @Test
    void nothingGrowsWhileAJobRuns() throws Exception {
        orders.load(0, ITEMS, 0);
        wire.db().clock().runFast(TIMES_AS_FAST);
        Samples samples = new Samples(FILE);
        try (RunningJob job = orders.job(FLINK)
                .option("scan.stream.on-gap", "fail")
                .flink("execution.checkpointing.interval", "1 s")
                .flink("restart-strategy.fixed-delay.attempts", "1000000")
                .failingBy(failure)
                .start(replica)) {
            job.until("the copy is complete", () -> orders.isEqualTo(replica));
            soak(job, samples);
            job.until("the replica equals the table", Duration.ofMinutes(3), () -> orders.isEqualTo(replica));
        }
        List<Trend> trends = samples.trendsFrom(WARM_UP_SECONDS);
        print(trends);
        assertThat(failure.strikes()).isEqualTo((int) ((SECONDS - 1) / 60));
        assertThat(trends).allMatch(Trend::isFlat);
    }

    private void soak(RunningJob job, Samples samples) throws Exception {
        Rhythm writes = Rhythm.every(Duration.ofMillis(20));
        Rhythm turnovers = Rhythm.every(Duration.ofSeconds(3));
        Rhythm measurements = Rhythm.every(Duration.ofSeconds(5));
        Rhythm failures = Rhythm.every(Duration.ofMinutes(1));
        long begin = System.nanoTime();
        long second = 0;
        while (second < SECONDS) {
            long now = System.nanoTime();
            second = TimeUnit.NANOSECONDS.toSeconds(now - begin);
            if (writes.isDue(now)) {
                write();
            }
            if (turnovers.isDue(now)) {
                shards.turn(now);
            }
            if (failures.isDue(now)) {
                failure.afterElements(random.nextInt(20));
            }
            if (measurements.isDue(now)) {
                measure(second, job, samples);
            }
            LockSupport.parkNanos(writes.untilDue(System.nanoTime()));
        }
    }

    private void write() {
        int number = random.nextInt(ITEMS);
        written++;
        if (random.nextInt(10) == 0) {
            orders.delete(number);
        } else {
            orders.put(number, written);
        }
    }

    private void measure(long second, RunningJob job, Samples samples) throws Exception {
        wire.forgetRequests();
        wire.db().calls().clear();
        job.forgetCounters();
        Map<Resource, Double> values = Samples.ofThisProcess();
        values.put(Resource.CONNECTIONS, (double) wire.connections());
        values.put(Resource.SHARDS_LISTED, (double) orders.stream().shards().size());
        job.savepointBytes().ifPresent(bytes -> values.put(Resource.SAVEPOINT_BYTES, (double) bytes));
        String line = samples.add(second, values);
        System.out.printf(
                "%d s: written %d, read %d, failures %d, %s%n",
                second, written, replica.applied(), failure.strikes(), line);
    }

    private void print(List<Trend> trends) {
        System.out.printf(
                "%n%d minutes, %d writes, %d events applied, %d failures; see %s%n%n%s%n",
                SECONDS / 60, written, replica.applied(), failure.strikes(), FILE, Trend.heading());
        trends.forEach(trend -> System.out.println(trend.row()));
    }
}
