/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.testing.Eventually;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.wire.WireDynamoDb;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All cases in each of their variants, on one cluster. The rows of all sinks are compared. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QueriesIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    private static final int LIMIT_SECONDS = 60;

    private static WireDynamoDb wire;
    private static OrdersShop changedShop;
    private static int followedShops;

    @BeforeAll
    static void openShop() {
        wire = WireDynamoDb.start();
        changedShop = OrdersShop.open(wire, "").changed();
    }

    @AfterAll
    static void closeWire() {
        wire.close();
    }

    static Stream<Arguments> casesInTheirVariants() {
        return QueryCases.all()
                .flatMap(queries -> queries.variants().stream().map(variant -> Arguments.of(queries, variant)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("casesInTheirVariants")
    void theRowsAreThoseOfTheTables(QueryCase queries, Variant variant) throws Exception {
        OrdersShop shop =
                variant.isFollowed() ? OrdersShop.open(wire, "-" + ++followedShops) : changedShop.atTheTimeOfCopies();
        QuerySession session = QuerySession.in(
                environment(variant), queries, variant, wire.awsOptions(), shop.ordersName(), shop.customersName());
        JobClient job = session.statements().execute().getJobClient().orElseThrow();
        CompletableFuture<JobExecutionResult> end = job.getJobExecutionResult();
        try {
            if (variant.isFollowed()) {
                follow(shop, queries, session, end);
            } else {
                end.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            }
            session.expected().forEach(QueriesIT::assertRows);
        } finally {
            if (!end.isDone()) {
                job.cancel();
                Eventually.holds("the job has ended", end::isDone);
            }
            KeptRows.forget(session.expected().keySet());
        }
    }

    private static void follow(
            OrdersShop shop, QueryCase queries, QuerySession session, CompletableFuture<JobExecutionResult> end) {
        List<String> read = new ArrayList<>();
        if (queries.names("orders")) {
            read.add(shop.ordersName());
        }
        if (queries.names("customers")) {
            read.add(shop.customersName());
        }
        Eventually.holds(
                "the streams are read", () -> hasFailed(end) || read.stream().allMatch(shop::isFollowed));
        shop.change();
        shop.lastChange();
        try {
            Eventually.holds("the sinks hold what is expected", () -> hasFailed(end) || holdsAll(session.expected()));
        } catch (AssertionError late) {
            session.expected().forEach(QueriesIT::assertRows);
            throw late;
        }
        if (hasFailed(end)) {
            end.join();
        }
    }

    private static boolean hasFailed(CompletableFuture<JobExecutionResult> end) {
        return end.isCompletedExceptionally();
    }

    private static boolean holdsAll(Map<String, List<String>> expected) {
        return expected.entrySet().stream()
                .allMatch(sink -> sorted(KeptRows.in(sink.getKey())).equals(sorted(sink.getValue())));
    }

    private static List<String> sorted(List<String> rows) {
        return rows.stream().sorted().toList();
    }

    private static void assertRows(String sink, List<String> expected) {
        assertThat(KeptRows.in(sink)).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static StreamTableEnvironment environment(Variant variant) {
        EnvironmentSettings settings =
                variant.isStreaming() ? EnvironmentSettings.inStreamingMode() : EnvironmentSettings.inBatchMode();
        return StreamTableEnvironment.create(FLINK.environment(new Configuration()), settings);
    }
}
