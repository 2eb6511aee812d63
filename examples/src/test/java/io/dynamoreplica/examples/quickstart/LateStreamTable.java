/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.examples.quickstart;

import java.net.URI;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * A table {@code orders} whose stream was enabled after its items were written. So only a Scan can
 * read these items, and only the stream contains later writes to items that were already scanned.
 */
final class LateStreamTable implements AutoCloseable {

    private final OrdersTable orders;

    private LateStreamTable(OrdersTable orders) {
        this.orders = orders;
    }

    static LateStreamTable create(URI endpoint, List<Map<String, AttributeValue>> orders) {
        DynamoDbClient dynamoDb = OrdersTable.connect(endpoint);
        dynamoDb.createTable(OrdersTable::define);
        LateStreamTable table = new LateStreamTable(new OrdersTable(dynamoDb));
        orders.forEach(table::put);
        enableStream(dynamoDb);
        return table;
    }

    private static void enableStream(DynamoDbClient dynamoDb) {
        dynamoDb.updateTable(table -> table.tableName(OrdersTable.NAME)
                .streamSpecification(s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
        dynamoDb.waiter().waitUntilTableExists(table -> table.tableName(OrdersTable.NAME));
    }

    void put(Map<String, AttributeValue> order) {
        orders.put(order);
    }

    void delete(OrderKey key) {
        orders.delete(key);
    }

    @Override
    public void close() {
        orders.close();
    }
}
