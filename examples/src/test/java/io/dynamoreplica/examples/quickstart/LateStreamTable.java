/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.examples.quickstart;

import java.net.URI;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * A table {@code orders} that got its stream after its items: only a Scan can have read these, and
 * only the stream tells of later writes to items that were scanned before.
 */
final class LateStreamTable implements AutoCloseable {

    private static final String NAME = "orders";

    private final DynamoDbClient dynamoDb;

    private LateStreamTable(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    static LateStreamTable create(URI endpoint, List<Map<String, AttributeValue>> orders) {
        LateStreamTable table =
                new LateStreamTable(
                        DynamoDbClient.builder()
                                .endpointOverride(endpoint)
                                .region(Region.US_EAST_1)
                                .credentialsProvider(
                                        StaticCredentialsProvider.create(
                                                AwsBasicCredentials.create("local", "local")))
                                .httpClientBuilder(Apache5HttpClient.builder())
                                .build());
        table.createWithoutStream();
        orders.forEach(table::put);
        table.enableStream();
        return table;
    }

    private void createWithoutStream() {
        dynamoDb.createTable(
                table ->
                        table.tableName(NAME)
                                .attributeDefinitions(
                                        a ->
                                                a.attributeName("customer_id")
                                                        .attributeType(ScalarAttributeType.S),
                                        a ->
                                                a.attributeName("order_id")
                                                        .attributeType(ScalarAttributeType.S))
                                .keySchema(
                                        k -> k.attributeName("customer_id").keyType(KeyType.HASH),
                                        k -> k.attributeName("order_id").keyType(KeyType.RANGE))
                                .billingMode(BillingMode.PAY_PER_REQUEST));
    }

    private void enableStream() {
        dynamoDb.updateTable(
                table ->
                        table.tableName(NAME)
                                .streamSpecification(
                                        s ->
                                                s.streamEnabled(true)
                                                        .streamViewType(
                                                                StreamViewType
                                                                        .NEW_AND_OLD_IMAGES)));
        dynamoDb.waiter().waitUntilTableExists(table -> table.tableName(NAME));
    }

    void put(Map<String, AttributeValue> order) {
        dynamoDb.putItem(put -> put.tableName(NAME).item(order));
    }

    void delete(OrderKey key) {
        dynamoDb.deleteItem(
                delete ->
                        delete.tableName(NAME)
                                .key(
                                        Map.of(
                                                "customer_id",
                                                AttributeValue.fromS(key.customerId()),
                                                "order_id",
                                                AttributeValue.fromS(key.orderId()))));
    }

    @Override
    public void close() {
        dynamoDb.close();
    }
}
