/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.DynamoDbReplicationSource;
import io.dynamoreplica.flink.DynamoDbReplicationSourceBuilder;
import io.dynamoreplica.flink.change.json.JsonChangeDeserializationSchema;
import io.dynamoreplica.flink.config.ReplicationConfigParser;
import io.dynamoreplica.flink.enumerator.ReplicationStoppedException;
import io.dynamoreplica.flink.service.ReplicationException;
import io.dynamoreplica.flink.testing.DynamoDbLocalExtension;
import io.dynamoreplica.flink.testing.HttpStub;
import io.dynamoreplica.flink.testing.SilentPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Tests of jobs that cannot do their work. Each job may restart without limit, but it does not restart: it fails
 * with an error that names the table, the cause, and the next step. Until then, it has read only the one item and
 * the one page that show whether a permission is missing.
 */
@Timeout(120)
class BadInputIT {

    /** The last attempt to connect comes after 3.5 s. The rest is a margin for a slow machine. */
    private static final long SECONDS_TO_END = 60;

    @RegisterExtension
    static final DynamoDbLocalExtension DYNAMODB = new DynamoDbLocalExtension();

    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    private static final List<HttpStub> STUBS = new ArrayList<>();
    private static final SilentPort NOBODY = SilentPort.taken();

    @BeforeAll
    static void tables() {
        createTable("fit", "NEW_AND_OLD_IMAGES");
        createTable("without-stream", "");
        createTable("keys-only", "KEYS_ONLY");
        createTable("old-image", "OLD_IMAGE");
        createTable("off", "NEW_IMAGE");
        DYNAMODB.tables()
                .updateTable(call -> call.tableName("off").streamSpecification(stream -> stream.streamEnabled(false)));
    }

    @AfterAll
    static void closeStubs() {
        STUBS.forEach(HttpStub::close);
        NOBODY.close();
    }

    static Stream<BadInput> badInput() {
        return Stream.concat(
                BadInput.atDynamoDbLocal(DYNAMODB.endpoint(), NOBODY.endpoint()).stream(),
                BadInput.atStubs(STUBS).stream());
    }

    @ParameterizedTest
    @MethodSource("badInput")
    void thePreflightCheckRefuses(BadInput input) {
        assertThatThrownBy(() -> source(input.options()).preflight())
                .isInstanceOf(ReplicationException.class)
                .message()
                .contains(input.says());
    }

    @ParameterizedTest
    @MethodSource("badInput")
    void aDataStreamJobEnds(BadInput input) {
        assertStopped(() -> run(source(input.options())), input.says());
    }

    @ParameterizedTest
    @MethodSource("badInput")
    void anSqlJobEnds(BadInput input) {
        assertStopped(() -> insert("id STRING, PRIMARY KEY (id) NOT ENFORCED", input.options()), input.says());
    }

    @Test
    void aPrimaryKeyThatIsNotTheTablesEndsTheJob() {
        assertStopped(
                () -> insert("id STRING, name STRING, PRIMARY KEY (name) NOT ENFORCED", options("fit")),
                List.of(
                        "Table fit cannot be replicated: its key is [id], but [name] is declared",
                        "Declare exactly the table's partition key and sort key"));
    }

    @Test
    void aPartOfThePrimaryKeyIsNotEnough() {
        assertStopped(
                () -> insert("id STRING, name STRING, PRIMARY KEY (id, name) NOT ENFORCED", options("fit")),
                List.of("its key is [id], but [id, name] is declared"));
    }

    @Test
    void aKeyColumnThatTheKeyDoesNotConvertToEndsTheJob() {
        assertStopped(
                () -> insert("id BIGINT, PRIMARY KEY (id) NOT ENFORCED", options("fit")),
                List.of(
                        "Table fit cannot be replicated: its key attribute 'id' has DynamoDB's type S",
                        "does not convert to BIGINT",
                        "Declare the column as STRING"));
    }

    @Test
    void aPathIntoTheKeyEndsTheJob() {
        List<String> says = List.of(
                "Table fit cannot be replicated: the attributes to replicate",
                "'id.part' leads into the key attribute 'id'",
                "Remove the path");
        DynamoDbReplicationSource<String> source =
                builder(options("fit")).projection("total, id.part").build();

        assertThatThrownBy(source::preflight)
                .isInstanceOf(ReplicationException.class)
                .message()
                .contains(says);
        assertStopped(() -> run(source), says);
    }

    @Test
    void aServiceThatCannotBeSetUpEndsTheJob() {
        DynamoDbReplicationSource<String> source = DynamoDbReplicationSource.of(
                ReplicationConfigParser.parse(options("fit"), List.of()),
                JsonChangeDeserializationSchema.plain(),
                config -> {
                    throw new ReplicationException("No region. Set 'aws.region'.");
                });

        assertStopped(() -> run(source), List.of("Table fit: No region. Set 'aws.region'."));
    }

    @Test
    void nothingWasReadButWhatShowsAPermission() {
        HttpStub stub = BadInput.working();
        STUBS.add(stub.alwaysRefuse("GetRecords", 400, "AccessDeniedException"));

        assertStopped(
                () -> run(builder(DynamoDbLocalExtension.awsOptions(stub.endpoint()))
                        .table("orders")
                        .build()),
                List.of("Table orders: access was denied"));

        assertThat(stub.requests())
                .filteredOn(request -> request.target().endsWith(".Scan"))
                .singleElement()
                .satisfies(scan -> assertThat(scan.body()).contains("\"Limit\":1"));
        assertThat(stub.requests())
                .filteredOn(request -> request.target().endsWith(".GetRecords"))
                .hasSize(1);
    }

    private static DynamoDbReplicationSource<String> source(Map<String, String> options) {
        return builder(options).build();
    }

    private static DynamoDbReplicationSourceBuilder<String> builder(Map<String, String> options) {
        DynamoDbReplicationSourceBuilder<String> builder =
                DynamoDbReplicationSource.builder(JsonChangeDeserializationSchema.plain());
        options.forEach(builder::option);
        return builder;
    }

    private static void run(DynamoDbReplicationSource<String> source) throws Exception {
        StreamExecutionEnvironment environment = environment();
        environment
                .fromSource(source, WatermarkStrategy.noWatermarks(), "source")
                .sinkTo(new DiscardingSink<>());
        environment.executeAsync("bad input").getJobExecutionResult().get(SECONDS_TO_END, TimeUnit.SECONDS);
    }

    private static void insert(String columns, Map<String, String> options) throws Exception {
        StreamTableEnvironment tables = StreamTableEnvironment.create(environment());
        tables.executeSql("CREATE TABLE source (%s) WITH ('connector' = 'dynamodb-replication', %s)"
                .formatted(
                        columns,
                        options.entrySet().stream()
                                .map(option -> "'%s' = '%s'".formatted(option.getKey(), option.getValue()))
                                .collect(Collectors.joining(", "))));
        tables.executeSql("CREATE TABLE target (id STRING) WITH ('connector' = 'blackhole')");
        tables.executeSql("INSERT INTO target SELECT CAST(id AS STRING) FROM source")
                .await(SECONDS_TO_END, TimeUnit.SECONDS);
    }

    /** Returns an environment that restarts immediately and without limit. */
    private static StreamExecutionEnvironment environment() {
        Configuration configuration = new Configuration();
        configuration.setString("restart-strategy.type", "fixed-delay");
        configuration.setString("restart-strategy.fixed-delay.attempts", Integer.toString(Integer.MAX_VALUE));
        configuration.setString("restart-strategy.fixed-delay.delay", "1 ms");
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.enableCheckpointing(1_000);
        environment.setParallelism(1);
        return environment;
    }

    private static void assertStopped(ThrowingCallable job, List<String> says) {
        assertThatThrownBy(job).isInstanceOf(ExecutionException.class).satisfies(failure -> assertThat(
                        Throwables.getRootCause(failure))
                .as("the whole text that a SQL client shows")
                .isInstanceOf(ReplicationStoppedException.class)
                .message()
                .contains(says));
    }

    private static Map<String, String> options(String table) {
        return Stream.concat(DYNAMODB.awsOptions().entrySet().stream(), Map.of("table-name", table).entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static void createTable(String name, String viewType) {
        DYNAMODB.tables().createTable(call -> call.tableName(name)
                .keySchema(key -> key.attributeName("id").keyType(KeyType.HASH))
                .attributeDefinitions(id -> id.attributeName("id").attributeType(ScalarAttributeType.S))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .streamSpecification(stream -> stream.streamEnabled(!viewType.isEmpty())
                        .streamViewType(viewType.isEmpty() ? null : viewType)));
    }
}
