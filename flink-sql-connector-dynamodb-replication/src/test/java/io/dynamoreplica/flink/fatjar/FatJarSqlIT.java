/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.fatjar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.testing.DynamoDbLocalServer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A test that adds the fat jar to a Flink by ADD JAR, as users of the SQL client do. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class FatJarSqlIT {

    private DynamoDbLocalServer dynamoDb;
    private TableEnvironment flink;

    @BeforeEach
    void startBoth() {
        dynamoDb = DynamoDbLocalServer.start();
        Configuration config = new Configuration();
        config.setString("execution.checkpointing.interval", "300 ms");
        config.setString("parallelism.default", "2");
        flink = TableEnvironment.create(EnvironmentSettings.newInstance()
                .inStreamingMode()
                .withConfiguration(config)
                .build());
    }

    @AfterEach
    void stopDynamoDb() {
        dynamoDb.close();
    }

    @Test
    void nothingBesidesTheFatJarHasTheConnectorOrItsLibraries() {
        for (String name : new String[] {
            "io.dynamoreplica.flink.split.ScanSplit",
            "software.amazon.awssdk.services.dynamodb.DynamoDbClient",
            "org.apache.hc.core5.http.HttpHost",
            "com.fasterxml.jackson.core.JsonFactory"
        }) {
            assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
        }
    }

    @Test
    void aReplicaFollowsTheTableFromTheCopyIntoTheStream() throws Exception {
        LocalTable orders = LocalTable.create(dynamoDb.endpoint(), "orders");
        for (int i = 0; i < 100; i++) {
            orders.put("order-" + i, amount(i));
        }
        flink.executeSql("ADD JAR '" + PackagedJar.fat().path() + "'");
        flink.executeSql(
                """
                CREATE TABLE orders (
                    id STRING,
                    amount DECIMAL(10, 2),
                    PRIMARY KEY (id) NOT ENFORCED
                ) WITH (
                    'connector' = 'dynamodb-replication',
                    'table-name' = 'orders',
                    'aws.region' = 'eu-west-1',
                    'aws.endpoint' = '%s',
                    'aws.credentials.provider' = 'BASIC',
                    'aws.credentials.basic.accesskeyid' = 'test',
                    'aws.credentials.basic.secretkey' = 'test'
                )
                """
                        .formatted(dynamoDb.endpoint()));

        Map<String, String> replica = new HashMap<>();
        try (CloseableIterator<Row> changes = flink.executeSql("SELECT id, CAST(amount AS STRING) FROM orders")
                .collect()) {
            while (replica.size() < 100) {
                apply(changes.next(), replica);
            }
            orders.put("order-7", amount(700));
            orders.delete("order-8");
            orders.put("order-100", amount(100));

            // The three keys may belong to different shards, so they may arrive in any order.
            while (!(replica.containsKey("order-100")
                    && !replica.containsKey("order-8")
                    && "700.00".equals(replica.get("order-7")))) {
                apply(changes.next(), replica);
            }
        }

        assertThat(replica)
                .hasSize(100)
                .containsEntry("order-7", "700.00")
                .containsEntry("order-9", "9.00")
                .containsEntry("order-100", "100.00");
    }

    private static String amount(int units) {
        return "\"amount\": {\"N\": \"" + units + "\"}";
    }

    private static void apply(Row change, Map<String, String> replica) {
        String id = change.getFieldAs(0);
        if (change.getKind() == RowKind.DELETE || change.getKind() == RowKind.UPDATE_BEFORE) {
            replica.remove(id, change.<String>getFieldAs(1));
        } else {
            replica.put(id, change.getFieldAs(1));
        }
    }
}
