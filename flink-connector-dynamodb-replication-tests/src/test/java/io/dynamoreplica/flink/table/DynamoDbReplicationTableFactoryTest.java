/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static io.dynamoreplica.flink.table.Declarations.KEYED;
import static io.dynamoreplica.flink.table.Declarations.in;
import static io.dynamoreplica.flink.table.Declarations.innermost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.config.ReplicationOptions;
import io.dynamoreplica.flink.policy.StartupMode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The declarations that are refused when a query over them is planned, and what makes each acceptable. */
class DynamoDbReplicationTableFactoryTest {

    private static final String TIMED =
            ", t TIMESTAMP_LTZ(3) METADATA FROM 'event-time' VIRTUAL, WATERMARK FOR t AS t - INTERVAL '5' SECOND";

    private TableEnvironment tables;

    @BeforeEach
    void aStreamingSessionWithCheckpoints() {
        tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        tables.getConfig().set("execution.checkpointing.interval", "30 s");
    }

    @Test
    void aPlainDeclarationIsTaken() {
        declarations().assertTaken(KEYED, "");
        declarations()
                .assertTaken(
                        KEYED,
                        ", 'aws.region' = 'eu-west-1', 'scan.startup.mode' = 'earliest-offset', 'scan.parallelism' = '2'");
        declarations().assertTaken("id STRING NOT NULL, total INT NOT NULL", ", 'scan.startup.mode' = 'snapshot'");
    }

    @Test
    void aTableNeedsItsName() {
        tables.executeSql("CREATE TABLE orders (id STRING) WITH ('connector' = 'dynamodb-replication')");
        assertThatThrownBy(() -> tables.explainSql("SELECT * FROM orders")).satisfies(error -> assertThat(
                        innermost(error))
                .contains("default_database.orders: Option", "'table-name' is not set", "Name the DynamoDB table"));

        tables.executeSql(
                "CREATE TABLE mistyped (id STRING) WITH ('connector' = 'dynamodb-replication', 'table.name' = 'orders-eu')");
        assertThatThrownBy(() -> tables.explainSql("SELECT * FROM mistyped"))
                .satisfies(error -> assertThat(innermost(error))
                        .contains("no option 'table.name'", "The nearest options are 'table-name'"));
    }

    @Test
    void anUnknownOptionIsAnsweredWithTheOnesNearIt() {
        declarations()
                .assertRefused(
                        KEYED,
                        ", 'scan.snapshot.total-segment' = '4'",
                        "'orders-eu'): There is no option 'scan.snapshot.total-segment'",
                        "The nearest options are 'scan.snapshot.total-segments'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'scan.watermark.idle-timeout' = '1 min'",
                "'scan.watermark.emit.strategy' = 'on-event'",
                "'scan.watermark.alignment.group' = 'g', 'scan.watermark.alignment.max-drift' = '1 min'"
            })
    void aWatermarkOptionIsTakenWhereAWatermarkIsDeclared(String options) {
        declarations()
                .assertRefused(
                        KEYED,
                        ", " + options,
                        "'orders-eu'): Option 'scan.watermark.",
                        "has no effect",
                        "declares no watermark",
                        "Add WATERMARK FOR");
        declarations().assertTaken(KEYED + TIMED, ", " + options);
    }

    @ParameterizedTest
    @EnumSource(StartupMode.class)
    void aDeclaredWatermarkIsMadeInTheSource(StartupMode mode) {
        tables.getConfig().set("table.exec.source.idle-timeout", "10 s");
        tables.executeSql(
                """
                CREATE TABLE orders (%s) WITH (
                  'connector' = 'dynamodb-replication', 'table-name' = 'orders-eu', 'scan.startup.mode' = '%s'%s)
                """
                        .formatted(
                                KEYED + TIMED,
                                mode,
                                mode == StartupMode.FULL_TABLE ? ", 'scan.full-table.interval' = '1 d'" : ""));

        assertThat(tables.explainSql("SELECT * FROM orders"))
                .contains("watermark=[", "idletimeout=[10000]")
                .doesNotContain("+- WatermarkAssigner(");
    }

    @Test
    void aSourceWatermarkIsRefused() {
        declarations()
                .assertRefused(
                        KEYED
                                + ", t TIMESTAMP_LTZ(3) METADATA FROM 'event-time' VIRTUAL, WATERMARK FOR t AS SOURCE_WATERMARK()",
                        "",
                        "'orders-eu'): SOURCE_WATERMARK() is not supported",
                        "Write WATERMARK FOR t AS t - INTERVAL '5' SECOND");
    }

    @Test
    void credentialsAreCompleteAndOfOneKind() {
        declarations()
                .assertRefused(
                        KEYED,
                        ", 'aws.credentials.provider' = 'BASIC'",
                        "'orders-eu'): Credentials of kind BASIC need the option"
                                + " 'aws.credentials.basic.accesskeyid', which is not set. Set it");
        declarations()
                .assertRefused(
                        KEYED,
                        ", 'aws.credentials.provider' = 'ENV_VAR', 'aws.credentials.profile.name' = 'p'",
                        "'orders-eu'): Option 'aws.credentials.profile.name' has no effect with"
                                + " 'aws.credentials.provider' = ENV_VAR",
                        "Remove it, or set the provider to PROFILE");
    }

    @Test
    void theOptionsOfARoleBehindARoleHaveLongKeysAndAreCheckedAllTheSame() {
        String role =
                ", 'aws.credentials.provider' = 'ASSUME_ROLE', 'aws.credentials.role.arn' = 'arn:aws:iam::123456789012:role/r'"
                        + ", 'aws.credentials.role.provider' = 'ASSUME_ROLE'";
        declarations()
                .assertTaken(
                        KEYED,
                        role + ", 'aws.credentials.role.provider.role.arn' = 'arn:aws:iam::123456789012:role/q'");
        declarations()
                .assertRefused(
                        KEYED,
                        role + ", 'aws.credentials.role.provider.role.arm' = 'x'",
                        "aws.credentials.role.provider.role.arm");
    }

    @Test
    void aValueOutOfRangeIsAnsweredWithTheRange() {
        declarations().assertRefused(KEYED, ", 'scan.snapshot.total-segments' = '-1'", "-1", "0 to 1000000");
        declarations()
                .assertRefused(
                        KEYED,
                        ", 'scan.startup.mode' = 'latest'",
                        "'orders-eu'): Option 'scan.startup.mode' has the value 'latest'",
                        "Allowed is one of [initial, snapshot, full-table, latest-offset, earliest-offset]");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SNAPSHOT")
    void changesNeedAKey(StartupMode mode) {
        declarations()
                .assertRefused(
                        "id STRING, total INT",
                        in(mode),
                        "'scan.startup.mode' = '" + mode + "'",
                        "PRIMARY KEY (...) NOT ENFORCED");
        declarations().assertTaken(KEYED, in(mode));
    }

    @Test
    void aKeyHasOneOrTwoColumns() {
        declarations()
                .assertRefused(
                        "a STRING, b STRING, c STRING, PRIMARY KEY (a, b, c) NOT ENFORCED",
                        "",
                        "[a, b, c]",
                        "partition key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DOUBLE", "FLOAT", "TIMESTAMP(3)", "BOOLEAN", "ARRAY<STRING>"})
    void aKeyKeepsItemsApart(String type) {
        declarations()
                .assertRefused(
                        "id " + type + ", PRIMARY KEY (id) NOT ENFORCED",
                        "",
                        "Key column 'id' has type " + type,
                        "DECIMAL");
    }

    @Test
    void whatADeleteDoesNotCarryCannotBeNotNull() {
        String columns = "id STRING, total INT NOT NULL, PRIMARY KEY (id) NOT ENFORCED";

        declarations().assertRefused(columns, "", "'total' is NOT NULL", "deleted item");
        declarations().assertRefused(columns, in(StartupMode.FULL_TABLE), "'total' is NOT NULL");
        declarations().assertTaken(columns, ", 'scan.startup.mode' = 'snapshot'");
    }

    @Test
    void rowsThatAreAppendedHaveNoKey() {
        String appends = ", 'scan.read-changelog-as-append-only.enabled' = 'true'";

        declarations().assertTaken("id STRING, total INT", appends);
        declarations().assertTaken("id STRING, total INT", appends + in(StartupMode.LATEST_OFFSET));
        declarations().assertRefused(KEYED, appends, "PRIMARY KEY [id]", "no column is unique", "Remove PRIMARY KEY");
        declarations().assertRefused("id STRING NOT NULL", appends, "'id' is NOT NULL");
        declarations().assertTaken(KEYED, appends + ", 'scan.startup.mode' = 'snapshot'");
    }

    @Test
    void aTypeThatNothingConvertsToIsRefused() {
        DataType nested = DataTypes.ROW(DataTypes.FIELD("x", DataTypes.INTERVAL(DataTypes.DAY())));
        tables.createTemporaryTable(
                "orders",
                TableDescriptor.forConnector(DynamoDbReplicationTableFactory.IDENTIFIER)
                        .schema(Schema.newBuilder().column("d", nested).build())
                        .option(ReplicationOptions.TABLE_NAME, "orders-eu")
                        .option(ReplicationOptions.STARTUP_MODE, StartupMode.SNAPSHOT)
                        .build());

        assertThatThrownBy(() -> tables.explainSql("SELECT * FROM orders"))
                .isInstanceOf(ValidationException.class)
                .satisfies(error -> assertThat(innermost(error)).contains("'d.x'", "INTERVAL DAY"));
    }

    @Test
    void aColumnMayBeReadFromAPath() {
        String columns = "id STRING, city STRING, tag STRING, PRIMARY KEY (id) NOT ENFORCED";

        declarations().assertTaken(columns, ", 'attribute.city' = 'address.city', 'attribute.tag' = 'tags[0]'");
        declarations().assertTaken(columns, ", 'attribute.id' = 'id', 'attribute.tag' = 'id'");
        declarations()
                .assertTaken(
                        columns,
                        ", 'attribute.city' = '#a.city', 'scan.expression-attribute-names' = '{\"#a\": \"home-address\"}'");
    }

    @Test
    void aPathWithoutAColumnIsRefused() {
        declarations()
                .assertRefused(
                        KEYED,
                        ", 'attribute.city' = 'address.city'",
                        "'orders-eu'): Option 'attribute.city' is set, but there is no physical column 'city'",
                        "The physical columns are [id, total]");
    }

    @Test
    void aPathThatDynamoDbWouldNotTakeIsRefused() {
        declarations()
                .assertRefused(
                        KEYED,
                        ", 'attribute.total' = 'sum-total'",
                        "'orders-eu'): Option 'attribute.total' has the value 'sum-total'",
                        "has '-' as character 4",
                        "write a placeholder");
        declarations().assertRefused(KEYED, ", 'attribute.total' = ''", "'attribute.total'", "It is empty");
        declarations().assertRefused(KEYED, ", 'attribute.total' = 'a, b'", "has ',' as character 2 where '.'");
        declarations().assertRefused(KEYED, ", 'attribute.total' = '#t'", "'#t' stands for no name");
        declarations()
                .assertRefused(
                        KEYED,
                        ", 'attribute.total' = 'sum', 'scan.expression-attribute-names' = '{\"#t\": \"x\"}'",
                        "'orders-eu'): No path uses [#t]");
        declarations()
                .assertRefused(
                        KEYED,
                        ", 'attribute.total' = 'sum', 'scan.expression-attribute-names' = 'no json'",
                        "'orders-eu'): Option 'scan.expression-attribute-names'",
                        "Allowed is a JSON object of strings");
    }

    @Test
    void aKeyColumnIsTheKeyAttribute() {
        declarations()
                .assertRefused(
                        KEYED,
                        ", 'attribute.id' = 'customer.id'",
                        "'orders-eu'): Key column 'id' is read from 'customer.id'",
                        "Remove 'attribute.id'");
    }

    @Test
    void pathsOfColumnsAndAnExpressionExcludeEachOther() {
        declarations()
                .assertRefused(
                        KEYED,
                        ", 'attribute.total' = 'a.b', 'scan.projection-expression' = 'a.b'",
                        "'orders-eu'): Both 'scan.projection-expression' and 'attribute.<column>' are set",
                        "Remove the expression");
    }

    @Test
    void anExpressionFillsEveryColumnOutsideTheKey() {
        declarations().assertTaken(KEYED, ", 'scan.projection-expression' = 'total.sum, note'");
        declarations()
                .assertRefused(
                        KEYED,
                        ", 'scan.projection-expression' = 'note'",
                        "'orders-eu'): Column 'total' would always be null",
                        "Add the attribute there, or remove the column");
        declarations()
                .assertRefused(
                        KEYED,
                        ", 'scan.projection-expression' = 'total, total.sum'",
                        "'orders-eu'): Option 'scan.projection-expression' has the value 'total, total.sum'",
                        "overlap");
    }

    @ParameterizedTest
    @EnumSource(names = {"INITIAL", "FULL_TABLE"})
    void aHandOverThatWouldWaitForEverIsRefused(StartupMode mode) {
        tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());

        declarations()
                .assertRefused(
                        KEYED, in(mode), "execution.checkpointing.interval", "'scan.snapshot.hand-over' = 'immediate'");
        declarations().assertTaken(KEYED, in(mode) + ", 'scan.snapshot.hand-over' = 'immediate'");
    }

    @Test
    void anIntervalOfZeroIsNone() {
        tables.getConfig().set("execution.checkpointing.interval", "0 s");

        declarations().assertRefused(KEYED, "", "checkpointing is off", "execution.checkpointing.interval");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"INITIAL", "FULL_TABLE"})
    void whatWaitsForNoCheckpointNeedsNone(StartupMode mode) {
        tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());

        declarations().assertTaken(KEYED, in(mode));
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest-offset", "earliest-offset"})
    void goingOnWithAnotherStreamNeedsAFenceToo(String startup) {
        String ignoring = ", 'scan.startup.mode' = '%s', 'scan.stream.on-gap' = 'ignore'".formatted(startup);
        declarations().assertTaken(KEYED, ignoring);

        tables.getConfig().set("execution.checkpointing.unaligned.enabled", "true");
        declarations()
                .assertRefused(
                        KEYED,
                        ignoring,
                        "a change of the old stream could arrive after a change of the new stream",
                        "scan.snapshot.allow-unaligned-checkpoints");

        tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        declarations()
                .assertRefused(
                        KEYED,
                        ignoring,
                        "'scan.stream.on-gap' = 'ignore'",
                        "execution.checkpointing.interval",
                        "'scan.snapshot.hand-over' = 'immediate'");
        declarations().assertTaken(KEYED, ignoring + ", 'scan.snapshot.hand-over' = 'immediate'");
    }

    @Test
    void checkpointsThatAProgramSwitchesOnAreSeen() {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        environment.enableCheckpointing(Duration.ofSeconds(30).toMillis());
        tables = StreamTableEnvironment.create(environment);

        declarations().assertTaken(KEYED, "");

        environment.getCheckpointConfig().enableUnalignedCheckpoints();
        declarations().assertRefused(KEYED, "", "execution.checkpointing.unaligned");
    }

    @ParameterizedTest
    @EnumSource(names = {"INITIAL", "FULL_TABLE"})
    void unalignedCheckpointsAreNoFence(StartupMode mode) {
        tables.getConfig().set("execution.checkpointing.unaligned.enabled", "true");

        declarations()
                .assertRefused(
                        KEYED,
                        in(mode),
                        "execution.checkpointing.unaligned",
                        "scan.snapshot.allow-unaligned-checkpoints");
        declarations().assertTaken(KEYED, in(mode) + ", 'scan.snapshot.allow-unaligned-checkpoints' = 'true'");
        declarations().assertTaken(KEYED, in(StartupMode.LATEST_OFFSET));
    }

    @Test
    void aSecretIsNotRepeatedInAnError() {
        assertThatThrownBy(
                        () -> declarations()
                                .plan(
                                        KEYED,
                                        ", 'aws.credentials.basic.accesskeyid' = 'AKIA', 'aws.credentials.basic.secretkey' = 'wJalrXUtnFEMI', 'no-such' = 'x'"))
                .satisfies(error ->
                        assertThat(innermost(error)).contains("no-such").doesNotContain("wJalrXUtnFEMI"));
    }

    /** The rows of a shard that waits are late in event time. */
    @Test
    void withAWatermarkShardsAreBalancedOnlyIfAsked() {
        assertThat(balances("")).isTrue();
        assertThat(balances(TIMED)).isFalse();
        assertThat(balances(TIMED, "scan.stream.balance-shards", "true")).isTrue();
    }

    private boolean balances(String timed, String... option) {
        Map<String, String> options = new HashMap<>();
        options.put("connector", "dynamodb-replication");
        options.put("table-name", "orders-eu");
        if (option.length > 0) {
            options.put(option[0], option[1]);
        }
        declarations().plan(KEYED + timed, "");
        ResolvedSchema schema = tables.from("orders").getResolvedSchema();
        CatalogTable table = CatalogTable.newBuilder()
                .schema(Schema.newBuilder().fromResolvedSchema(schema).build())
                .options(options)
                .build();
        DynamicTableSource source = FactoryUtil.createDynamicTableSource(
                null,
                ObjectIdentifier.of("a", "catalog", "orders"),
                new ResolvedCatalogTable(table, schema),
                Map.of(),
                tables.getConfig(),
                getClass().getClassLoader(),
                false);
        return ((DynamoDbReplicationTableSource) source)
                .config().tables().get(0).stream().balanceShards();
    }

    private Declarations declarations() {
        return new Declarations(tables);
    }
}
