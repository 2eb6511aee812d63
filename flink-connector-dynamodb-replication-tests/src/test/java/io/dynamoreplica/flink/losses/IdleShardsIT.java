/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.losses;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.testing.fake.CallKind;
import io.dynamoreplica.flink.testing.fake.ServiceCall;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.RunningJob;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of the calls for a shard without records. Each such call costs as much as a call that returns records. */
class IdleShardsIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    private static final int SHARDS = 200;
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    /** The granularity of the clock by which the reader's calls are due. */
    private static final Duration GRANULARITY = Duration.ofMillis(1);

    @RegisterExtension
    final Orders orders = Orders.inShards(SHARDS);

    /**
     * No changes are written, so each call comes one poll interval after the answer to the call before. Therefore
     * any period has at most as many calls as poll intervals fit into it, at any speed of the machine.
     */
    @Test
    void anIdleShardIsAskedOnceInAPollInterval() throws Exception {
        List<String> shards = orders.stream().openShards();
        try (RunningJob job = orders.job(FLINK)
                .option("scan.startup.mode", "earliest-offset")
                .option("scan.stream.poll-interval", POLL_INTERVAL.toMillis() + " ms")
                .start(orders.replica())) {
            orders.untilEqual(job);
            long began = System.nanoTime();
            Map<String, Long> before = askedOf();
            job.until("each shard is asked twice more", () -> {
                Map<String, Long> now = askedOf();
                return shards.stream()
                        .allMatch(shard -> now.getOrDefault(shard, 0L) >= before.getOrDefault(shard, 0L) + 2);
            });
            Map<String, Long> after = askedOf();
            Duration passed = Duration.ofNanos(System.nanoTime() - began);
            long fit = passed.dividedBy(POLL_INTERVAL.minus(GRANULARITY)) + 1;
            assertThat(shards).allSatisfy(shard -> assertThat(after.get(shard) - before.getOrDefault(shard, 0L))
                    .as("calls for %s within %s", shard, passed)
                    .isLessThanOrEqualTo(fit));
        }
    }

    /** Returns the number of GetRecords calls for each shard. */
    private Map<String, Long> askedOf() {
        return orders.db().calls().calls().stream()
                .filter(ServiceCall.of(CallKind.RECORDS))
                .collect(Collectors.groupingBy(ServiceCall::part, Collectors.counting()));
    }
}
