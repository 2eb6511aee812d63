/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.losses;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.wire.ErrorCode;
import io.dynamoreplica.flink.testing.wire.WireFault;
import io.dynamoreplica.flink.testing.wire.WireOperation;
import io.dynamoreplica.flink.testing.wire.WireRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of what ends a shard, what does not, and what follows it. */
class EndOfShardIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    private static final List<ErrorCode> THROTTLES =
            List.of(ErrorCode.PROVISIONED_THROUGHPUT_EXCEEDED, ErrorCode.LIMIT_EXCEEDED, ErrorCode.THROTTLING);

    @RegisterExtension
    final Orders orders = Orders.inShards(1);

    @Test
    void theRecordsOfTheAnswerWithoutANextIteratorAreEmitted() throws Exception {
        orders.db().behaviour().recordsPerPage(1000);
        String shard = orders.shard();
        try (RunningJob job = orders.streaming(orders.job(FLINK))) {
            orders.stopReading(job);
            orders.table().load(0, Orders.ITEMS, 3);
            orders.stream().rollOver(shard);
            long asked = orders.pagesAskedOf(shard);
            orders.goOn();
            orders.untilEqual(job);
            assertThat(orders.pagesAskedOf(shard))
                    .as("one answer contained all records")
                    .isEqualTo(asked);
        }
    }

    @Test
    void answersWithoutRecordsDoNotEndAShard() throws Exception {
        orders.db().behaviour().recordsPerPage(100).emptyRecordPages(2);
        try (RunningJob job = orders.streaming(orders.job(FLINK))) {
            orders.stream().split(orders.shard());
            orders.table().load(0, Orders.ITEMS, 3);
            orders.untilEqual(job);
        }
        assertThat(orders.replica().count(Operation.MODIFY)).isEqualTo(2 * Orders.ITEMS);
    }

    @Test
    void anExpiredIteratorIsNotTheEndOfAShardAndRepeatsNothing() throws Exception {
        try (RunningJob job = orders.streaming(orders.job(FLINK))) {
            orders.stopReading(job);
            orders.table().load(0, Orders.ITEMS, 3);
            orders.db().clock().advance(Duration.ofMinutes(16));
            orders.goOn();
            orders.untilEqual(job);
        }
        assertThat(orders.replica().count(Operation.READ)).isEqualTo(Orders.ITEMS);
        assertThat(orders.replica().count(Operation.MODIFY)).isEqualTo(2 * Orders.ITEMS);
    }

    /**
     * Throttles every call in each of DynamoDB's three ways, at the start of a job and again while the job reads
     * the stream, when no Scan is left. The job never restarts.
     */
    @ParameterizedTest
    @EnumSource(
            value = WireOperation.class,
            names = {"DESCRIBE_TABLE", "SCAN", "DESCRIBE_STREAM", "GET_SHARD_ITERATOR", "GET_RECORDS"})
    void throttlingIsNotTheEndOfAnything(WireOperation operation) throws Exception {
        throttle(operation);
        try (RunningJob job = orders.job(FLINK).start(orders.replica())) {
            orders.untilEqual(job);
            throttle(operation);
            orders.table().load(0, Orders.ITEMS, 2);
            List<String> children = orders.stream().split(orders.shard());
            orders.table().load(0, Orders.ITEMS, 3);
            orders.untilEqual(job);
            assertThat(children).allMatch(child -> orders.wire().count(WireRequest.toShard(child)) > 0);
            long strikes = operation == WireOperation.SCAN ? 1 : 2;
            job.until(
                    "each throttling has occurred", () -> orders.wire().faults().met() == strikes * THROTTLES.size());
        }
        assertThat(orders.replica().count(Operation.READ)).isEqualTo(Orders.ITEMS);
        assertThat(orders.replica().count(Operation.MODIFY)).isEqualTo(2 * Orders.ITEMS);
    }

    /** The next regular listing would come an hour later. */
    @Test
    void theChildrenOfAClosedShardDoNotWaitForTheNextDiscovery() throws Exception {
        try (RunningJob job = orders.streaming(orders.job(FLINK).option("scan.stream.discovery-interval", "1 h"))) {
            for (int generation = 3; generation <= 5; generation++) {
                orders.stream().openShards().forEach(orders.stream()::split);
                orders.table().load(0, Orders.ITEMS, generation);
                orders.untilEqual(job);
            }
        }
        assertThat(orders.replica().count(Operation.MODIFY)).isEqualTo(4 * Orders.ITEMS);
    }

    @Test
    void childrenAreFoundOnWhateverPageTheyAreListed() throws Exception {
        orders.wire().behaviour().ignoreShardFilter().shardsPerPage(2).shuffleShardsOverPages(7);
        try (RunningJob job = orders.streaming(orders.job(FLINK).option("scan.stream.discovery-interval", "1 h"))) {
            orders.stream().openShards().forEach(orders.stream()::split);
            orders.stream().openShards().forEach(orders.stream()::split);
            orders.table().load(0, Orders.ITEMS, 3);
            orders.untilEqual(job);
        }
        assertThat(orders.replica().count(Operation.MODIFY)).isEqualTo(2 * Orders.ITEMS);
    }

    private void throttle(WireOperation operation) {
        THROTTLES.forEach(code -> orders.wire().faults().next(1, operation, WireFault.refusal(code)));
    }
}
