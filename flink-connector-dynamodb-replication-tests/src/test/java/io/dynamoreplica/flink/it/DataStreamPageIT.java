/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.DynamoDbReplicationSource;
import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.DynamoDbDeserializationSchema;
import io.dynamoreplica.flink.change.EpochEvent;
import io.dynamoreplica.flink.change.json.JsonChangeDeserializationSchema;
import io.dynamoreplica.flink.config.ReplicationOptions;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.service.aws.AwsDynamoDbServiceFactory;
import io.dynamoreplica.flink.testing.DefaultEndpoint;
import io.dynamoreplica.flink.testing.DynamoDbLocalExtension;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.HeardLines;
import io.dynamoreplica.flink.testing.job.LocalTable;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of docs/datastream.md, run unchanged against DynamoDB Local. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DataStreamPageIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    @RegisterExtension
    static final DynamoDbLocalExtension DYNAMODB = new DynamoDbLocalExtension();

    private static final String SCANNED = "\"snapshot\":true";

    private static DefaultEndpoint endpoint;

    private final Map<String, LocalTable> tables = new HashMap<>();

    @BeforeAll
    static void showEndpoint() {
        endpoint = DefaultEndpoint.at(DYNAMODB.endpoint());
    }

    @AfterAll
    static void forgetEndpoint() {
        endpoint.close();
    }

    @AfterEach
    void removeTables() {
        tables.keySet().forEach(name -> DYNAMODB.tables().deleteTable(call -> call.tableName(name)));
    }

    @Test
    void severalTables() throws Exception {
        for (String name : List.of("orders", "prices", "sales_eu", "sales_test")) {
            create(name);
        }
        // region several-tables
        DynamoDbReplicationSource<String> source = DynamoDbReplicationSource.builder(
                        JsonChangeDeserializationSchema.plain())
                .table("orders")
                .table("prices", prices -> prices.startupMode(StartupMode.FULL_TABLE)
                        .option(ReplicationOptions.FULL_TABLE_TIME_OF_DAY, "02:30")
                        .option(ReplicationOptions.FULL_TABLE_TIME_ZONE, "Europe/Berlin"))
                .tables(Pattern.compile("sales_.*"), sales -> sales.projection("version, #t", Map.of("#t", "text")))
                .exceptTables(Pattern.compile(".*_test"))
                .region("eu-west-1")
                .build();
        // endregion
        assertThat(until(source, shows("orders", "prices", "sales_eu"))).noneMatch(line -> line.contains("sales_test"));
    }

    @Test
    void allTables() throws Exception {
        create("orders");
        create("users");
        // region all-tables
        DynamoDbReplicationSource<String> source = DynamoDbReplicationSource.builder(
                        JsonChangeDeserializationSchema.plain())
                .allTables()
                .region("eu-west-1")
                .build();
        source.preflight();
        // endregion
        until(source, shows("orders", "users"));
    }

    @Test
    void aTableIsCopiedAnew() throws Exception {
        create("orders");
        create("users");
        String savepoint;
        try (HeardLines heard = new HeardLines();
                RunningJob job = job().start(heard.of(followed("after the import of April")))) {
            job.until("both are copied", () -> heard.count(SCANNED) == 4);
            savepoint = job.stopWithSavepoint();
        }
        // region reset
        DynamoDbReplicationSource<String> source = DynamoDbReplicationSource.builder(
                        JsonChangeDeserializationSchema.plain())
                .table("orders", orders -> orders.resetToken("after the import of May"))
                .table("users")
                .region("eu-west-1")
                .build();
        // endregion
        try (HeardLines heard = new HeardLines();
                RunningJob job = job().resume(heard.of(source), savepoint)) {
            job.until("orders are copied again", () -> heard.count(SCANNED, "\"table\":\"orders\"") == 2);
            tables.get("users").put(1, 2);
            job.until("changes of users still arrive", () -> heard.count("\"table\":\"users\"", "\"version\":2") > 0);
            assertThat(heard.count(SCANNED, "\"table\":\"users\"")).isZero();
        }
    }

    private static DynamoDbReplicationSource<String> followed(String resetToken) {
        return DynamoDbReplicationSource.builder(JsonChangeDeserializationSchema.plain())
                .table("orders", orders -> orders.resetToken(resetToken))
                .table("users")
                .region("eu-west-1")
                .build();
    }

    private static ReplicaJob job() {
        return ReplicaJob.of(FLINK, new AwsDynamoDbServiceFactory(), "in-the-builder");
    }

    @Test
    void aSchemaOfOnesOwn() throws Exception {
        LocalTable orders = create("orders");
        orders.put(2, 8);
        DynamoDbReplicationSource<String> source = DynamoDbReplicationSource.builder(new Statements())
                .table("orders")
                .region("eu-west-1")
                .build();

        List<String> lines = until(source, seen -> {
            if (seen.toString().contains("epoch <")) {
                orders.delete(2);
            }
            return seen.toString().contains("id = 'k2' -- deleted at");
        });

        assertThat(lines).anyMatch(line -> line.matches("UPSERT 'k1', 1, \\d+"));
        assertThat(lines).anyMatch(line -> line.matches("UPSERT 'k2', 8, \\d+"));
        assertThat(lines).anyMatch(line -> line.matches("DELETE WHERE epoch < \\d+"));
    }

    // region own-schema
    /** Statements for a target whose rows carry their epoch. */
    static final class Statements implements DynamoDbDeserializationSchema<String> {

        @Override
        public void deserialize(ChangeEvent event, Collector<String> out) {
            String id = ((AttributeValue.S) event.keys().materialise().get("id")).value();
            if (event.after() == null) {
                out.collect("DELETE WHERE id = '%s' -- deleted at %s".formatted(id, event.deletionTime()));
            } else {
                AttributeValue version = event.after().materialise().get("version");
                String digits = ((AttributeValue.N) version).digits();
                out.collect("UPSERT '%s', %s, %d".formatted(id, digits, event.epoch()));
            }
        }

        /** Called when a copy is complete: rows with an older epoch belong to deleted items. */
        @Override
        public void epoch(EpochEvent event, Collector<String> out) {
            if (event.kind() == EpochEvent.Kind.END) {
                out.collect("DELETE WHERE epoch < %d".formatted(event.epoch()));
            }
        }

        @Override
        public TypeInformation<String> getProducedType() {
            return Types.STRING;
        }
    }

    // endregion

    /** Creates a table with two items. */
    private LocalTable create(String name) throws Exception {
        LocalTable table = LocalTable.create(DYNAMODB.tables(), name).enableStream();
        tables.put(name, table);
        return table.load(1, 3, 1);
    }

    private static Predicate<List<String>> shows(String... names) {
        return lines ->
                Stream.of(names).allMatch(name -> lines.toString().contains("\"table\":\"%s\"".formatted(name)));
    }

    /** Returns the output of the source as soon as it satisfies the condition. */
    private static List<String> until(DynamoDbReplicationSource<String> source, Predicate<List<String>> enough)
            throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);
        env.enableCheckpointing(200);
        List<String> lines = new ArrayList<>();
        try (CloseableIterator<String> results = env.fromSource(source, WatermarkStrategy.noWatermarks(), "source")
                .uid("source")
                .executeAndCollect()) {
            while (!enough.test(lines)) {
                lines.add(results.next());
            }
        }
        return lines;
    }
}
