/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.testing.Eventually;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A test of the SQL that the README shows, run unchanged. */
class OrdersSqlIT {

    private static final String REPLICA = "jdbc:derby:memory:orders-sql";

    private final OrderGenerator generator = new OrderGenerator(7);
    private final List<Map<String, AttributeValue>> orders =
            IntStream.rangeClosed(1, 20).mapToObj(n -> generator.order(n, 0)).toList();

    private DynamoDbLocal server;
    private SdkSettings settings;
    private Connection replica;
    private JobClient job;

    /**
     * The columns that the SQL makes of an order. If an order has no tags, their number is null, as
     * in SQL.
     */
    private record Summary(String status, BigDecimal total, String city, Integer tags) {

        static Summary of(Map<String, AttributeValue> order) {
            return new Summary(
                    order.get("status").s(),
                    new BigDecimal(order.get("total").n()).setScale(2),
                    order.get("address").m().get("city").s(),
                    order.containsKey("tags") ? order.get("tags").ss().size() : null);
        }
    }

    @BeforeEach
    void start() throws Exception {
        server = DynamoDbLocal.start();
        settings = SdkSettings.of(server.endpoint());
        settings.apply();
        replica = DriverManager.getConnection(REPLICA + ";create=true");
        replica.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
        try (Statement statement = replica.createStatement()) {
            statement.executeUpdate(
                    """
                    CREATE TABLE replica (
                        customer_id VARCHAR(40) NOT NULL,
                        order_id VARCHAR(40) NOT NULL,
                        status VARCHAR(20),
                        total DECIMAL(12, 2),
                        city VARCHAR(80),
                        tag_count INTEGER,
                        PRIMARY KEY (customer_id, order_id)
                    )
                    """);
        }
    }

    @AfterEach
    void stop() throws Exception {
        try {
            if (job != null) {
                job.cancel().get(30, TimeUnit.SECONDS);
            }
        } finally {
            replica.close();
            settings.forget();
            server.close();
        }
    }

    @Test
    void theReplicaHoldsTheTableAndThenFollowsIt() throws Exception {
        try (LateStreamTable table = LateStreamTable.create(server.endpoint(), orders)) {
            job = runOrdersSql();
            Map<OrderKey, Summary> expected = orders.stream().collect(Collectors.toMap(OrderKey::of, Summary::of));
            replicaBecomes(expected);

            Map<String, AttributeValue> changed = new LinkedHashMap<>(orders.get(0));
            changed.put("status", AttributeValue.fromS("CANCELLED"));
            table.put(changed);
            expected.put(OrderKey.of(changed), Summary.of(changed));
            OrderKey deleted = OrderKey.of(orders.get(1));
            table.delete(deleted);
            expected.remove(deleted);
            replicaBecomes(expected);
        }
    }

    private static JobClient runOrdersSql() {
        TableEnvironment flink = TableEnvironment.create(
                EnvironmentSettings.newInstance().inStreamingMode().build());
        flink.getConfig().set("execution.checkpointing.interval", "1 s");
        flink.getConfig().set("parallelism.default", "2");
        flink.executeSql(
                """
                CREATE TABLE replica (
                    customer_id STRING,
                    order_id STRING,
                    status STRING,
                    total DECIMAL(12, 2),
                    city STRING,
                    tag_count INT,
                    PRIMARY KEY (customer_id, order_id) NOT ENFORCED
                ) WITH (
                    'connector' = 'jdbc',
                    'url' = '%s',
                    'driver' = 'org.apache.derby.iapi.jdbc.AutoloadedDriver',
                    'table-name' = 'replica',
                    'sink.buffer-flush.interval' = '100 ms'
                )
                """
                        .formatted(REPLICA));
        return SqlScript.resource("orders.sql", Map.of()).statements().stream()
                .map(flink::executeSql)
                .reduce((earlier, last) -> last)
                .orElseThrow()
                .getJobClient()
                .orElseThrow();
    }

    private void replicaBecomes(Map<OrderKey, Summary> expected) throws Exception {
        Eventually.passes(() -> {
            if (job.getJobStatus().get().isGloballyTerminalState()) {
                // Throws the failure of the job.
                job.getJobExecutionResult().get();
            }
            assertThat(rows()).isEqualTo(expected);
        });
    }

    private Map<OrderKey, Summary> rows() throws SQLException {
        Map<OrderKey, Summary> rows = new HashMap<>();
        try (Statement statement = replica.createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM replica")) {
            while (result.next()) {
                rows.put(
                        new OrderKey(result.getString("customer_id"), result.getString("order_id")),
                        new Summary(
                                result.getString("status"),
                                result.getBigDecimal("total"),
                                result.getString("city"),
                                result.getObject("tag_count", Integer.class)));
            }
        }
        return rows;
    }
}
