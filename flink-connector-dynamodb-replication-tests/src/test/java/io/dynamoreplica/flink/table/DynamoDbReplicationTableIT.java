/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.testing.DynamoDbLocalExtension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** SQL queries on a table of DynamoDB Local and its stream. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DynamoDbReplicationTableIT {

    @RegisterExtension
    static final DynamoDbLocalExtension DYNAMODB = new DynamoDbLocalExtension();

    @Test
    void aSnapshotIsReadInBatchMode() throws Exception {
        createTable("once");
        put("once", "1", "12.50");
        put("once", "2", "-3");
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        // There are more readers than slots, so the second starts only when the first has finished.
        tables.getConfig().set("parallelism.default", "2");
        declare(tables, "once", "snapshot");

        assertThat(rows(tables, "SELECT id, total, op FROM once"))
                .containsExactlyInAnyOrder("+I[1, 12.50, READ]", "+I[2, -3.00, READ]");
        assertThat(rows(tables, "SELECT SUM(total) FROM once")).containsExactly("+I[9.50]");
    }

    @Test
    void metadataTellsWhereARowComesFrom() throws Exception {
        createTable("traced");
        put("traced", "1", "1");
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        tables.getConfig().set("execution.checkpointing.interval", "200 ms");
        tables.getConfig().set("parallelism.default", "2");
        declare(tables, "traced", "initial");

        try (CloseableIterator<Row> changes = tables.executeSql(
                        "SELECT id, scanned, origin, number, shard, epoch, expired FROM traced")
                .collect()) {
            Row scanned = changes.next();
            put("traced", "2", "2");
            Row changed = changes.next();
            while (changed.getField("id").equals("1")) {
                // The stream repeats the scanned items.
                changed = changes.next();
            }

            assertThat(scanned.getField("scanned")).isEqualTo(true);
            assertThat(scanned.getField("origin")).isEqualTo("traced");
            assertThat(scanned.getField("number")).isNull();
            assertThat(scanned.getField("shard")).isNull();
            assertThat(changed.getField("scanned")).isEqualTo(false);
            assertThat(changed.getField("origin")).isEqualTo("traced");
            assertThat((String) changed.getField("number")).matches("\\d{21,40}");
            assertThat((String) changed.getField("shard")).startsWith("shardId-");
            assertThat(changed.getField("epoch")).isEqualTo(scanned.getField("epoch"));
            assertThat(changed.getField("expired")).isEqualTo(false);
        }
    }

    @Test
    void aStreamWithoutOldImagesIsRefusedWithTheLineToAdd() throws Exception {
        createTable("news", StreamViewType.NEW_IMAGE);
        put("news", "1", "1");
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        tables.getConfig().set("execution.checkpointing.interval", "200 ms");
        declare(tables, "news", "initial");

        assertThatThrownBy(() -> rows(tables, "SELECT id FROM news"))
                .hasStackTraceContaining("Table news cannot be replicated")
                .hasStackTraceContaining("Add 'changelog.deletes' = 'key'");

        tables.executeSql("DROP TABLE news");
        declare(tables, "news", "initial', 'changelog.deletes' = 'key");
        try (CloseableIterator<Row> changes =
                tables.executeSql("SELECT id FROM news").collect()) {
            assertThat(changes.next().getField("id")).isEqualTo("1");
        }
    }

    @Test
    void aNestedValueThatDoesNotFitFailsTheJobByItsPathAndBothTypes() {
        createTable("misfit");
        AttributeValue lines = AttributeValue.fromL(List.of(
                AttributeValue.fromM(Map.of("count", AttributeValue.fromN("1"))),
                AttributeValue.fromM(Map.of("count", AttributeValue.fromS("x")))));
        DYNAMODB.tables().putItem(put -> put.tableName("misfit")
                .item(Map.of(
                        "id", AttributeValue.fromS("17"),
                        "address", AttributeValue.fromM(Map.of("lines", lines)))));
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        declare(tables, "misfit", "snapshot", "id STRING, address ROW<`lines` ARRAY<ROW<`count` INT>>>");

        assertThatThrownBy(() -> rows(tables, "SELECT * FROM misfit"))
                .hasStackTraceContaining("An item of table misfit does not fit its declaration in SQL. Attribute"
                        + " 'address.lines[1].count' is of type S, which does not convert to INT")
                .hasStackTraceContaining("{\"id\":{\"S\":\"17\"}}");
    }

    @Test
    void aQueryFollowsTheTable() throws Exception {
        createTable("followed");
        put("followed", "1", "1");
        put("followed", "2", "2");
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        tables.getConfig().set("execution.checkpointing.interval", "200 ms");
        tables.getConfig().set("parallelism.default", "2");
        declare(tables, "followed", "initial");

        Map<Object, Object> replica = new HashMap<>();
        try (CloseableIterator<Row> changes =
                tables.executeSql("SELECT id, total FROM followed").collect()) {
            follow(changes, replica, Map.of("1", "1.00", "2", "2.00"));
            put("followed", "1", "1.5");
            put("followed", "3", "3");
            delete("followed", "2");
            follow(changes, replica, Map.of("1", "1.50", "3", "3.00"));
        }
    }

    private static void follow(CloseableIterator<Row> changes, Map<Object, Object> replica, Map<?, ?> until) {
        while (!replica.equals(until)) {
            Row change = changes.next();
            if (change.getKind() == RowKind.DELETE || change.getKind() == RowKind.UPDATE_BEFORE) {
                replica.remove(change.getField("id"));
            } else {
                replica.put(change.getField("id"), change.getField("total").toString());
            }
        }
    }

    private static List<String> rows(TableEnvironment tables, String query) throws Exception {
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<Row> result = tables.executeSql(query).collect()) {
            result.forEachRemaining(row -> rows.add(row.toString()));
        }
        return rows;
    }

    private static void declare(TableEnvironment tables, String name, String mode) {
        declare(
                tables,
                name,
                mode,
                """
                id STRING,
                total DECIMAL(20, 2),
                op STRING METADATA FROM 'operation' VIRTUAL,
                scanned BOOLEAN METADATA FROM 'snapshot' VIRTUAL,
                origin STRING METADATA FROM 'table-name' VIRTUAL,
                number STRING METADATA FROM 'sequence-number' VIRTUAL,
                shard STRING METADATA FROM 'shard-id' VIRTUAL,
                epoch BIGINT METADATA VIRTUAL,
                expired BOOLEAN METADATA FROM 'ttl-deleted' VIRTUAL,
                PRIMARY KEY (id) NOT ENFORCED""");
    }

    private static void declare(TableEnvironment tables, String name, String mode, String columns) {
        String aws = DYNAMODB.awsOptions().entrySet().stream()
                .map(option -> "'" + option.getKey() + "' = '" + option.getValue() + "'")
                .collect(Collectors.joining(", "));
        tables.executeSql(
                """
                CREATE TABLE %s (%s) WITH (
                  'connector' = 'dynamodb-replication',
                  'table-name' = '%s',
                  'scan.startup.mode' = '%s',
                  %s
                )"""
                        .formatted(name, columns, name, mode, aws));
    }

    private static void createTable(String name) {
        createTable(name, StreamViewType.NEW_AND_OLD_IMAGES);
    }

    private static void createTable(String name, StreamViewType viewType) {
        DYNAMODB.tables().createTable(table -> table.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("id")
                        .keyType(KeyType.HASH)
                        .build())
                .streamSpecification(StreamSpecification.builder()
                        .streamEnabled(true)
                        .streamViewType(viewType)
                        .build()));
    }

    private static void put(String table, String id, String total) {
        Map<String, AttributeValue> item = Map.of(
                "id",
                AttributeValue.fromS(id),
                "total",
                AttributeValue.fromN(total),
                "unused",
                AttributeValue.fromBool(true));
        DYNAMODB.tables().putItem(put -> put.tableName(table).item(item));
    }

    private static void delete(String table, String id) {
        DYNAMODB.tables().deleteItem(delete -> delete.tableName(table).key(Map.of("id", AttributeValue.fromS(id))));
    }
}
