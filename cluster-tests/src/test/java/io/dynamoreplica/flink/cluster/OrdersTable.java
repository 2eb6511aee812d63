/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.cluster;

import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The table {@code orders} on a DynamoDB Local, used through the plain SDK. */
final class OrdersTable implements AutoCloseable {

    private static final int BATCH = 25;
    private static final int LOADERS = 4;

    /**
     * The page limit of a Scan. Without a limit, a Scan of DynamoDB Local gets slower as the table
     * grows.
     */
    private static final int PAGE = 1000;

    private final DynamoDbClient client;

    /** Creates the table, empty and without a stream. */
    OrdersTable(URI endpoint) {
        client = DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_WEST_1)
                .httpClientBuilder(Apache5HttpClient.builder())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build();
        client.createTable(table -> table.tableName("orders")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        attribute("customer", ScalarAttributeType.S), attribute("number", ScalarAttributeType.N))
                .keySchema(key("customer", KeyType.HASH), key("number", KeyType.RANGE)));
    }

    /**
     * Enables the stream for writes from now on. It is enabled after the load, because reading a
     * stream that contains the load would take as long again.
     */
    void enableStream() {
        client.updateTable(table -> table.tableName("orders").streamSpecification(stream -> stream.streamEnabled(true)
                .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
    }

    /** Puts the first version of the orders 0 to {@code count} - 1, with several threads. */
    void load(long count) throws Exception {
        ExecutorService loaders = Executors.newFixedThreadPool(LOADERS);
        try {
            List<Future<?>> batches = new ArrayList<>();
            for (long first = 0; first < count; first += BATCH) {
                List<WriteRequest> puts = LongStream.range(first, Math.min(count, first + BATCH))
                        .mapToObj(number -> item(OrderGenerator.order(number, 0)))
                        .map(item -> WriteRequest.builder().putRequest(p -> p.item(item)))
                        .map(WriteRequest.Builder::build)
                        .toList();
                batches.add(loaders.submit(
                        () -> client.batchWriteItem(batch -> batch.requestItems(Map.of("orders", puts)))));
            }
            for (Future<?> batch : batches) {
                batch.get();
            }
        } finally {
            loaders.shutdownNow();
        }
    }

    void put(Order order) {
        client.putItem(put -> put.tableName("orders").item(item(order)));
    }

    void delete(Order.Key key) {
        client.deleteItem(delete -> delete.tableName("orders")
                .key(Map.of("customer", AttributeValue.fromS(key.customer()), "number", number(key.number()))));
    }

    /** Returns all orders that the table contains now. */
    Map<Order.Key, Order> contents() {
        Map<Order.Key, Order> contents = new HashMap<>();
        client.scanPaginator(
                        scan -> scan.tableName("orders").consistentRead(true).limit(PAGE))
                .items()
                .forEach(item -> {
                    Order order = order(item);
                    contents.put(order.key(), order);
                });
        return contents;
    }

    @Override
    public void close() {
        client.close();
    }

    private static Map<String, AttributeValue> item(Order order) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("customer", AttributeValue.fromS(order.customer()));
        item.put("number", number(order.number()));
        if (order.status() != null) {
            item.put("status", AttributeValue.fromS(order.status()));
        }
        item.put("total", AttributeValue.fromN(order.total().toPlainString()));
        item.put("gift", AttributeValue.fromBool(order.gift()));
        if (order.city() != null) {
            item.put("address", AttributeValue.fromM(Map.of("city", AttributeValue.fromS(order.city()))));
        }
        item.put("version", number(order.version()));
        return item;
    }

    private static Order order(Map<String, AttributeValue> item) {
        AttributeValue status = item.get("status");
        AttributeValue address = item.get("address");
        return new Order(
                item.get("customer").s(),
                Long.parseLong(item.get("number").n()),
                status == null ? null : status.s(),
                new BigDecimal(item.get("total").n()).setScale(2),
                item.get("gift").bool(),
                address == null ? null : address.m().get("city").s(),
                Long.parseLong(item.get("version").n()));
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(type)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}
