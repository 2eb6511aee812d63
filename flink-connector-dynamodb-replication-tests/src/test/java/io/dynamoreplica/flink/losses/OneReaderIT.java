/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.losses;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.testing.fake.CallKind;
import io.dynamoreplica.flink.testing.fake.ServiceCall;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests of one subtask that has all the shards. If a reader called for one shard after the other, it would wait for
 * the round trips of all of them. Here no call is answered, so the calls that are in progress are visible
 * immediately, at any speed of the machine.
 */
class OneReaderIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    static Stream<Arguments> readers() {
        return Stream.of(
                Arguments.of("as many as there are shards, up to 16 by default", 16, Map.of()),
                Arguments.of("up to as many as the option says", 20, Map.of("scan.reader.concurrent-calls", "20")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readers")
    void callsForAllShardsAreUnderWayAtOnce(String story, int shards, Map<String, String> options) throws Exception {
        try (Orders orders = Orders.inShards(shards);
                RunningJob job = orders.streaming(alone(orders).options(options))) {
            orders.stopReading(job);
            assertThat(orders.db().faults().waiting()).isEqualTo(shards);
            orders.table().load(0, Orders.ITEMS, 3);
            orders.goOn();
            orders.untilEqual(job);
            assertThat(orders.replica().count(Operation.MODIFY)).isEqualTo(2 * Orders.ITEMS);
        }
    }

    /** Answers the calls for one shard only. That shard is read continuously. */
    @Test
    void shardsThatAreNotAnsweredHoldUpNoOther() throws Exception {
        try (Orders orders = Orders.inShards(16);
                RunningJob job = orders.streaming(alone(orders))) {
            String answered = orders.shard();
            List<String> silent = orders.stream().openShards().subList(1, 16);
            orders.db().faults().stall("silent", recordsOf(silent::contains));
            job.until("all but one wait", () -> orders.db().faults().waiting() == silent.size());
            Map<String, Long> asked = askedOf(orders, silent);
            long before = orders.pagesAskedOf(answered);
            orders.table().load(0, Orders.ITEMS, 3);
            job.until("one shard is read continuously", () -> orders.pagesAskedOf(answered) >= before + 5);
            assertThat(askedOf(orders, silent)).isEqualTo(asked);
            orders.db().faults().release("silent");
            orders.untilEqual(job);
        }
    }

    private static ReplicaJob alone(Orders orders) {
        return orders.job(FLINK).parallelism(1).option("scan.startup.mode", "earliest-offset");
    }

    private static Predicate<ServiceCall> recordsOf(Predicate<String> shards) {
        return ServiceCall.of(CallKind.RECORDS).and(call -> shards.test(call.part()));
    }

    private static Map<String, Long> askedOf(Orders orders, List<String> shards) {
        return shards.stream().collect(Collectors.toMap(shard -> shard, orders::pagesAskedOf));
    }
}
