/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.examples.quickstart;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The table {@code orders} in DynamoDB, with a stream of both images. Safe for several threads. */
final class OrdersTable implements AutoCloseable {

    static final String NAME = "orders";

    /** What BatchWriteItem takes at once. */
    private static final int BATCH = 25;

    /** DynamoDB Local scans large pages slowly. */
    private static final int PAGE = 1_000;

    private final DynamoDbClient dynamoDb;

    /** An existing table, over a client that is closed with it. */
    OrdersTable(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    static OrdersTable create(URI endpoint) {
        DynamoDbClient dynamoDb = connect(endpoint);
        dynamoDb.createTable(table -> define(table)
                .streamSpecification(s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
        return new OrdersTable(dynamoDb);
    }

    static DynamoDbClient connect(URI endpoint) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();
    }

    /** The table without a stream. */
    static CreateTableRequest.Builder define(CreateTableRequest.Builder table) {
        return table.tableName(NAME)
                .attributeDefinitions(
                        a -> a.attributeName("customer_id").attributeType(ScalarAttributeType.S),
                        a -> a.attributeName("order_id").attributeType(ScalarAttributeType.S))
                .keySchema(k -> k.attributeName("customer_id").keyType(KeyType.HASH), k -> k.attributeName("order_id")
                        .keyType(KeyType.RANGE))
                .billingMode(BillingMode.PAY_PER_REQUEST);
    }

    void load(List<Map<String, AttributeValue>> orders) {
        for (int from = 0; from < orders.size(); from += BATCH) {
            Map<String, List<WriteRequest>> left = Map.of(
                    NAME,
                    orders.subList(from, Math.min(from + BATCH, orders.size())).stream()
                            .map(order -> WriteRequest.builder()
                                    .putRequest(put -> put.item(order))
                                    .build())
                            .toList());
            while (!left.isEmpty()) {
                Map<String, List<WriteRequest>> requests = left;
                left = dynamoDb.batchWriteItem(b -> b.requestItems(requests)).unprocessedItems();
            }
        }
    }

    void put(Map<String, AttributeValue> order) {
        dynamoDb.putItem(put -> put.tableName(NAME).item(order));
    }

    void delete(OrderKey key) {
        dynamoDb.deleteItem(delete -> delete.tableName(NAME)
                .key(Map.of(
                        "customer_id",
                        AttributeValue.fromS(key.customerId()),
                        "order_id",
                        AttributeValue.fromS(key.orderId()))));
    }

    /** Every order as the replica should hold it. */
    Map<OrderKey, OrderRow> expectedRows() {
        Map<OrderKey, OrderRow> rows = new HashMap<>();
        dynamoDb.scanPaginator(scan -> scan.tableName(NAME).consistentRead(true).limit(PAGE))
                .items()
                .forEach(item -> {
                    OrderRow row = OrderRow.expected(item);
                    rows.put(row.key(), row);
                });
        return rows;
    }

    @Override
    public void close() {
        dynamoDb.close();
    }
}
