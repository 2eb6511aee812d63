/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.testing.DynamoDbLocalExtension;
import io.dynamoreplica.flink.testing.job.LocalTable;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Columns from paths, in scanned items that DynamoDB has cut and in images that the connector has cut. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ColumnPathsIT {

    @RegisterExtension
    static final DynamoDbLocalExtension DYNAMODB = new DynamoDbLocalExtension();

    private static final Set<String> ROWS = Set.of(
            "[1, Bonn, red, blue, 7, dashed]", "[2, null, red, null, null, null]", "[3, null, null, null, null, null]");

    @BeforeAll
    static void threeCustomers() {
        LocalTable.create(DYNAMODB.tables(), "customers").enableStream();
        put(Map.of(
                "id", AttributeValue.fromS("1"),
                "address", map("city", AttributeValue.fromS("Bonn")),
                "city", AttributeValue.fromS("not this one"),
                "tags", texts("red", "green", "blue"),
                "lines", list(texts(), map("count", AttributeValue.fromN("7"))),
                "a-b", map("c.d", AttributeValue.fromS("dashed"))));
        put(Map.of(
                "id", AttributeValue.fromS("2"),
                "address", texts("Bonn"),
                "tags", texts("red", "green"),
                "lines", list(map("count", AttributeValue.fromN("8")))));
        put(Map.of("id", AttributeValue.fromS("3"), "tags", AttributeValue.fromSs(List.of("red"))));
    }

    @Test
    void aScanFillsThem() throws Exception {
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        tables.getConfig().set("parallelism.default", "2");
        declare(tables, "snapshot");

        assertThat(rows(tables, "SELECT * FROM customers", ROWS.size())).isEqualTo(ROWS);
        assertThat(rows(tables, "SELECT third, line_count FROM customers WHERE id = '1'", 1))
                .containsExactly("[blue, 7]");
    }

    @Test
    void theStreamFillsThemAlike() throws Exception {
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        tables.getConfig().set("execution.checkpointing.interval", "200 ms");
        tables.getConfig().set("parallelism.default", "2");
        declare(tables, "earliest-offset");

        assertThat(rows(tables, "SELECT * FROM customers", ROWS.size())).isEqualTo(ROWS);
    }

    private static Set<String> rows(TableEnvironment tables, String query, int number) throws Exception {
        Set<String> rows = new HashSet<>();
        try (CloseableIterator<Row> result = tables.executeSql(query).collect()) {
            for (int i = 0; i < number; i++) {
                rows.add(result.next().toString().replaceFirst("^\\+[IU]", ""));
            }
        }
        return rows;
    }

    private static void declare(TableEnvironment tables, String mode) {
        String aws = DYNAMODB.awsOptions().entrySet().stream()
                .map(option -> "'" + option.getKey() + "' = '" + option.getValue() + "'")
                .collect(Collectors.joining(", "));
        tables.executeSql(
                """
                CREATE TABLE customers (
                  id STRING,
                  city STRING,
                  first_tag STRING,
                  third STRING,
                  line_count INT,
                  dashed STRING,
                  PRIMARY KEY (id) NOT ENFORCED
                ) WITH (
                  'connector' = 'dynamodb-replication',
                  'table-name' = 'customers',
                  'scan.startup.mode' = '%s',
                  'attribute.city' = 'address.city',
                  'attribute.first_tag' = 'tags[0]',
                  'attribute.third' = 'tags[2]',
                  'attribute.line_count' = 'lines[1].count',
                  'attribute.dashed' = '#ab.#cd',
                  'scan.expression-attribute-names' = '{"#ab": "a-b", "#cd": "c.d"}',
                  %s
                )"""
                        .formatted(mode, aws));
    }

    private static void put(Map<String, AttributeValue> item) {
        DYNAMODB.tables().putItem(put -> put.tableName("customers").item(item));
    }

    private static AttributeValue map(String name, AttributeValue value) {
        return AttributeValue.fromM(Map.of(name, value));
    }

    private static AttributeValue list(AttributeValue... elements) {
        return AttributeValue.fromL(List.of(elements));
    }

    private static AttributeValue texts(String... elements) {
        return AttributeValue.fromL(
                List.of(elements).stream().map(AttributeValue::fromS).toList());
    }
}
