/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table.queries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every case is planned, without a cluster or a server, on the Flink versions between the oldest
 * and the newest. On those two, {@link QueriesIT} plans and runs the same cases.
 */
@EnabledIfSystemProperty(
        named = PlanningIT.VERSION,
        matches = ".+",
        disabledReason = "QueriesIT runs the same cases on this Flink")
class PlanningIT {

    static final String VERSION = "flink.planning.version";

    private static final Map<String, String> AWS = Map.of("aws.region", "eu-west-1");

    /** Plans each case once, in the first of these variants that it has. FOLLOW is the hardest to plan. */
    static Stream<Arguments> casesEachOnce() {
        return QueryCases.all()
                .map(queries -> Arguments.of(
                        queries,
                        Stream.of(Variant.FOLLOW, Variant.COPY, Variant.BATCH)
                                .filter(queries.variants()::contains)
                                .findFirst()
                                .orElseThrow()));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("casesEachOnce")
    void aCaseIsPlanned(QueryCase queries, Variant variant) {
        TableEnvironment tables = TableEnvironment.create(
                variant.isStreaming() ? EnvironmentSettings.inStreamingMode() : EnvironmentSettings.inBatchMode());
        String plan = QuerySession.in(tables, queries, variant, AWS, "orders", "customers")
                .statements()
                .explain();

        assertThat(plan).contains("TableSourceScan(").doesNotContain("+- WatermarkAssigner(");
        assertThat(plan.contains("watermark=["))
                .as("the source makes the watermarks")
                .isEqualTo(plan.contains("LogicalWatermarkAssigner(") && variant.isStreaming());
    }

    @Test
    void flinkHasTheVersionThatIsMeant() {
        assertThat(EnvironmentInformation.getVersion()).isEqualTo(System.getProperty(VERSION));
    }
}
