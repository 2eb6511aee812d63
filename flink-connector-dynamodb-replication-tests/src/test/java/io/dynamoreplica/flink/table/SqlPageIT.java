/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.testing.DefaultEndpoint;
import io.dynamoreplica.flink.testing.DynamoDbLocalExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** Every block of SQL in docs/sql.md, run as it stands there, against DynamoDB Local. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SqlPageIT {

    @RegisterExtension
    static final DynamoDbLocalExtension DYNAMODB = new DynamoDbLocalExtension();

    private static final Pattern CREATED = Pattern.compile("CREATE (?:TABLE|VIEW) (\\w+) .*", Pattern.DOTALL);

    private static DefaultEndpoint endpoint;

    private TableEnvironment flink;
    private final List<String> created = new ArrayList<>();

    @BeforeAll
    static void fillTables() {
        endpoint = DefaultEndpoint.at(DYNAMODB.endpoint());
        create(
                "orders",
                Map.of("customer_id", ScalarAttributeType.S, "order_id", ScalarAttributeType.N),
                List.of("customer_id", "order_id"));
        put(
                "orders",
                Map.of(
                        "customer_id", AttributeValue.fromS("ann"),
                        "order_id", AttributeValue.fromN("17"),
                        "total", AttributeValue.fromN("12.5"),
                        "address",
                                AttributeValue.fromM(Map.of(
                                        "street", AttributeValue.fromS("Main Street"),
                                        "zip", AttributeValue.fromS("53111"),
                                        "city", AttributeValue.fromS("Bonn"))),
                        "lines", texts("book", "pen"),
                        "tags", texts("gift")));
        create("customers", Map.of("id", ScalarAttributeType.S), List.of("id"));
        put(
                "customers",
                Map.of(
                        "id", AttributeValue.fromS("ann"),
                        "address", AttributeValue.fromM(Map.of("city", AttributeValue.fromS("Bonn"))),
                        "tag-list", texts("new", "old")));
    }

    @AfterAll
    static void forgetEndpoint() {
        endpoint.close();
    }

    @Test
    void whatThePageShowsRuns() throws Exception {
        // Not earlier: the planner keeps some of its own in the thread that made it.
        flink = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        ShownSql.statements("sql.md").forEach(this::execute);
        // What is collected comes with a checkpoint, four times below.
        flink.getConfig().set("execution.checkpointing.interval", "200 ms");

        assertThat(created).containsExactly("orders", "customers", "order_parts", "orders_timed", "totals_by_minute");
        assertThat(firstRowOf("SELECT customer_id, order_id, total, address, tags FROM orders"))
                .isEqualTo("+I[ann, 17, 12.50, +I[Main Street, 53111], [gift]]");
        assertThat(firstRowOf("SELECT changed_at > TO_TIMESTAMP_LTZ(0, 3), epoch > 0 FROM orders"))
                .isEqualTo("+I[true, true]");
        assertThat(firstRowOf("SELECT * FROM customers")).isEqualTo("+I[ann, Bonn, new]");
        assertThat(firstRowOf("SELECT * FROM order_parts")).isEqualTo("+I[ann, 17, 12.50, {city=Bonn}, [book]]");
        assertThat(firstRowOf("SELECT order_id, changed_at IS NULL FROM orders_timed"))
                .isEqualTo("+I[17, false]");
        // All windows close at the end of a bounded copy, so there is something to wait for.
        flink.executeSql("ALTER TABLE orders_timed SET ('scan.startup.mode' = 'snapshot')");
        assertThat(firstRowOf("SELECT total FROM totals_by_minute")).isEqualTo("+I[12.50]");
    }

    private void execute(String statement) {
        if (ShownSql.execute(flink, statement).isPresent()) {
            Matcher table = CREATED.matcher(statement);
            assertThat(table.matches())
                    .as("a statement that declares a table or view")
                    .isTrue();
            created.add(table.group(1));
        }
    }

    private String firstRowOf(String query) throws Exception {
        try (CloseableIterator<Row> rows = flink.executeSql(query).collect()) {
            return rows.next().toString();
        }
    }

    private static void create(String table, Map<String, ScalarAttributeType> types, List<String> keys) {
        DYNAMODB.tables().createTable(call -> call.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(keys.stream()
                        .map(key -> definition(key, types.get(key)))
                        .toList())
                .keySchema(keys.stream().map(key -> key(key, keys.indexOf(key))).toList())
                .streamSpecification(
                        stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
    }

    private static AttributeDefinition definition(String key, ScalarAttributeType type) {
        return AttributeDefinition.builder()
                .attributeName(key)
                .attributeType(type)
                .build();
    }

    private static KeySchemaElement key(String key, int place) {
        return KeySchemaElement.builder()
                .attributeName(key)
                .keyType(place == 0 ? KeyType.HASH : KeyType.RANGE)
                .build();
    }

    private static void put(String table, Map<String, AttributeValue> item) {
        DYNAMODB.tables().putItem(put -> put.tableName(table).item(item));
    }

    private static AttributeValue texts(String... elements) {
        return AttributeValue.fromL(
                List.of(elements).stream().map(AttributeValue::fromS).toList());
    }
}
