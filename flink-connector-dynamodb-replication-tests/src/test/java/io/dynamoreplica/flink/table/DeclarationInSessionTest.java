/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static io.dynamoreplica.flink.table.Declarations.KEYED;
import static io.dynamoreplica.flink.table.Declarations.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.dynamoreplica.flink.policy.StartupMode;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The effect of the session on a planned declaration, and what a plan shows of the declaration. */
class DeclarationInSessionTest {

    private TableEnvironment tables;

    @BeforeEach
    void aStreamingSessionWithCheckpoints() {
        tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        tables.getConfig().set("execution.checkpointing.interval", "30 s");
    }

    /** The message names the option that helps, and comes before Flink's own errors about unbounded tables. */
    @ParameterizedTest
    @EnumSource(names = {"INITIAL", "FULL_TABLE", "LATEST_OFFSET", "EARLIEST_OFFSET"})
    void aTableThatNeverEndsIsRefusedInBatchMode(StartupMode mode) {
        tables = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        declarations()
                .assertRefused(
                        KEYED,
                        in(mode),
                        "'scan.startup.mode' = '" + mode + "' never ends, and the session is in batch mode",
                        "set 'scan.startup.mode' = 'snapshot' in the declaration");
        tables.executeSql("DROP TABLE orders");
        declarations().assertTaken(KEYED, in(StartupMode.SNAPSHOT));
        assertThatCode(() -> tables.explainSql(
                        "SELECT COUNT(*) FROM orders /*+ OPTIONS('scan.startup.mode' = 'snapshot') */"))
                .doesNotThrowAnyException();
    }

    @Test
    void aSecretInATableIsNoticedAlsoBelowARole() {
        String ofRole = "aws.credentials.role.provider.basic.secretkey";
        assertThat(SecretOptions.in(Map.of(
                        "aws.credentials.basic.accesskeyid",
                        "id",
                        "aws.credentials.basic.secretkey",
                        "secret",
                        ofRole,
                        "secret",
                        "aws.region",
                        "eu-west-1")))
                .containsExactly("aws.credentials.basic.secretkey", ofRole);
    }

    @Test
    void anExpressionThatDoesNotGoWithTheKeyIsRefused() {
        String elements =
                IntStream.range(0, 600).mapToObj(i -> "total[" + i + "]").collect(Collectors.joining(","));

        declarations()
                .assertRefused(
                        KEYED,
                        ", 'scan.projection-expression' = 'total, id.part'",
                        "'id.part' leads into the key attribute 'id'");
        declarations()
                .assertTaken(
                        "total ARRAY<INT>, id STRING, PRIMARY KEY (id) NOT ENFORCED",
                        ", 'scan.projection-expression' = '%s'"
                                .formatted(elements.substring(0, elements.indexOf(",total[510]"))));
        declarations()
                .assertRefused(
                        "total ARRAY<INT>, id STRING, PRIMARY KEY (id) NOT ENFORCED",
                        ", 'scan.projection-expression' = '" + elements + "'",
                        "DynamoDB takes 4096");
    }

    /** docs/operations.md says so. */
    @Test
    void aCompiledPlanHoldsTheOptionsUnlessItIsToHoldTheSchemaAlone() {
        declareWithSecret();
        tables.executeSql("CREATE TABLE target (id STRING) WITH ('connector' = 'blackhole')");
        String insert = "INSERT INTO target SELECT id FROM orders";

        assertThat(tables.compilePlanSql(insert).asJsonString()).contains("the-secret");
        tables.getConfig().set("table.plan.compile.catalog-objects", "SCHEMA");
        assertThat(tables.compilePlanSql(insert).asJsonString())
                .contains("orders")
                .doesNotContain("the-secret");
    }

    private void declareWithSecret() {
        tables.executeSql(
                """
                CREATE TABLE orders (id STRING) WITH (
                  'connector' = 'dynamodb-replication', 'table-name' = 'orders-eu',
                  'scan.startup.mode' = 'snapshot', 'aws.credentials.basic.accesskeyid' = 'id',
                  'aws.credentials.basic.secretkey' = 'the-secret')
                """);
    }

    /** docs/operations.md says so: each source reads every shard. */
    @Test
    void aTableThatIsReadTwiceIsOneSourceUnlessReuseIsOff() {
        declareWithSecret();
        String twice = "SELECT id FROM orders UNION ALL SELECT id FROM orders";

        assertThat(sourcesOf(twice)).isEqualTo(1);
        tables.getConfig().set("table.optimizer.reuse-source-enabled", "false");
        assertThat(sourcesOf(twice)).isEqualTo(2);
    }

    private long sourcesOf(String query) {
        String plan = tables.explainSql(query);
        return plan.substring(plan.indexOf("Optimized Execution Plan"))
                .lines()
                .filter(line -> line.contains("TableSourceScan("))
                .count();
    }

    private Declarations declarations() {
        return new Declarations(tables);
    }
}
