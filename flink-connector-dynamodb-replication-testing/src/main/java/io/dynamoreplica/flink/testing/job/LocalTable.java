/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.job;

import io.dynamoreplica.flink.change.AttributeValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * A table of DynamoDB Local with numbered items of three attributes: the key {@code id}, {@code
 * version} and some text.
 */
public final class LocalTable {

    private static final int BATCH = 25;
    private static final int LOADERS = 4;

    /** The page limit of a Scan. Without a limit, a Scan gets slower as the table grows. */
    private static final int PAGE = 1000;

    private final DynamoDbClient client;
    private final String name;

    private LocalTable(DynamoDbClient client, String name) {
        this.client = client;
        this.name = name;
    }

    /** Creates a table without a stream. */
    public static LocalTable create(DynamoDbClient client, String name) {
        client.createTable(table -> table.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(id -> id.attributeName("id").attributeType(ScalarAttributeType.S))
                .keySchema(key -> key.attributeName("id").keyType(KeyType.HASH)));
        return new LocalTable(client, name);
    }

    public LocalTable enableStream() {
        client.updateTable(table -> table.tableName(name)
                .streamSpecification(StreamSpecification.builder()
                        .streamEnabled(true)
                        .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)
                        .build()));
        return this;
    }

    /** Puts the items with these numbers, with several threads. */
    public LocalTable load(int from, int to, int version) throws ExecutionException, InterruptedException {
        ExecutorService loaders = Executors.newFixedThreadPool(LOADERS);
        try {
            List<Future<?>> batches = new ArrayList<>();
            for (int first = from; first < to; first += BATCH) {
                int begin = first;
                int end = Math.min(to, first + BATCH);
                batches.add(loaders.submit(() -> putBatch(begin, end, version)));
            }
            for (Future<?> batch : batches) {
                batch.get();
            }
        } finally {
            loaders.shutdownNow();
        }
        return this;
    }

    private void putBatch(int from, int to, int version) {
        List<WriteRequest> puts = IntStream.range(from, to)
                .mapToObj(number -> WriteRequest.builder()
                        .putRequest(
                                PutRequest.builder().item(item(number, version)).build())
                        .build())
                .toList();
        client.batchWriteItem(batch -> batch.requestItems(Map.of(name, puts)));
    }

    public void put(int number, int version) {
        client.putItem(put -> put.tableName(name).item(item(number, version)));
    }

    public void delete(int number) {
        client.deleteItem(delete -> delete.tableName(name).key(Map.of("id", text("k" + number))));
    }

    /** Returns the items of the table, by key. */
    public Map<Map<String, AttributeValue>, Map<String, AttributeValue>> contents() {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        client.scanPaginator(scan -> scan.tableName(name).consistentRead(true).limit(PAGE))
                .items()
                .forEach(item -> items.add(ours(item)));
        return TableContents.byKey(items, List.of("id"));
    }

    private static Map<String, AttributeValue> ours(
            Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> item) {
        Map<String, AttributeValue> ours = new LinkedHashMap<>();
        item.forEach((attribute, value) -> ours.put(
                attribute, value.n() == null ? new AttributeValue.S(value.s()) : new AttributeValue.N(value.n())));
        return ours;
    }

    private static Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> item(
            int number, int version) {
        Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> item = new HashMap<>();
        item.put("id", text("k" + number));
        item.put(
                "version",
                software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN(Integer.toString(version)));
        item.put("text", text("item " + number + " in version " + version));
        return item;
    }

    private static software.amazon.awssdk.services.dynamodb.model.AttributeValue text(String value) {
        return software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS(value);
    }
}
