/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.json.JsonForm;
import io.dynamoreplica.flink.projection.InvalidProjectionException;
import io.dynamoreplica.flink.projection.Projection;
import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ScanPage;
import io.dynamoreplica.flink.service.ScanRequest;
import io.dynamoreplica.flink.service.TableDescription;
import io.dynamoreplica.flink.service.TableDescription.KeyColumn;
import io.dynamoreplica.flink.service.TableDescription.TableStream;
import io.dynamoreplica.flink.split.ItemKey;
import io.dynamoreplica.flink.split.ItemKey.KeyAttribute;
import io.dynamoreplica.flink.split.ItemKey.KeyType;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The translation of DescribeTable, ListTables and Scan: from JSON to the fake and back. Fields
 * that our clients do not read are left out, such as creation times and ARNs of tables.
 */
final class TableCalls {

    /** The wire has no epochs, and the fake ignores them. */
    private static final int ANY_EPOCH = 1;

    private final FakeDynamoDb db;
    private final DynamoDbService service;
    private final WireBehaviour behaviour;

    TableCalls(FakeDynamoDb db, DynamoDbService service, WireBehaviour behaviour) {
        this.db = db;
        this.service = service;
        this.behaviour = behaviour;
    }

    Answer<String> listTables(JsonObject request) {
        String after = request.text("ExclusiveStartTableName").orElse("");
        int limit = Math.min(request.number("Limit").orElse(Integer.MAX_VALUE), behaviour.tablesPerPage());
        return JsonAnswers.of(service.listTables(), names -> {
            List<String> ahead = names.stream()
                    .filter(name -> name.compareTo(after) > 0)
                    .sorted()
                    .toList();
            return page(ahead.subList(0, Math.min(limit, ahead.size())), ahead.size());
        });
    }

    private static String page(List<String> names, int ahead) {
        return JsonObject.written(json -> {
            json.writeArrayFieldStart("TableNames");
            for (String name : names) {
                json.writeString(name);
            }
            json.writeEndArray();
            if (names.size() < ahead) {
                json.writeStringField("LastEvaluatedTableName", names.get(names.size() - 1));
            }
        });
    }

    Answer<String> describeTable(JsonObject request) {
        String name = request.text("TableName").orElse("");
        return JsonAnswers.of(
                service.describeTable(name),
                table -> JsonObject.written(json -> {
                    json.writeObjectFieldStart("Table");
                    json.writeStringField("TableName", name);
                    write(table, json);
                    json.writeEndObject();
                }));
    }

    private static void write(TableDescription table, JsonGenerator json) throws IOException {
        json.writeStringField("TableId", table.tableId());
        json.writeStringField("TableStatus", table.status());
        json.writeNumberField("TableSizeBytes", table.size().bytes());
        json.writeNumberField("ItemCount", table.size().items());
        json.writeArrayFieldStart("KeySchema");
        for (KeyColumn key : table.keys()) {
            json.writeStartObject();
            json.writeStringField("AttributeName", key.name());
            json.writeStringField("KeyType", key.equals(table.keys().get(0)) ? "HASH" : "RANGE");
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("AttributeDefinitions");
        // The order is by name, as in DynamoDB: it says nothing about the order in the key.
        for (KeyColumn key : table.keys().stream()
                .sorted(Comparator.comparing(KeyColumn::name))
                .toList()) {
            json.writeStartObject();
            json.writeStringField("AttributeName", key.name());
            json.writeStringField("AttributeType", key.type().name());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (table.stream().isPresent()) {
            write(table.stream().get(), json);
        }
    }

    private static void write(TableStream stream, JsonGenerator json) throws IOException {
        json.writeStringField("LatestStreamArn", stream.streamArn());
        if (stream.enabled()) {
            json.writeObjectFieldStart("StreamSpecification");
            json.writeBooleanField("StreamEnabled", true);
            json.writeStringField("StreamViewType", stream.viewType());
            json.writeEndObject();
        }
    }

    Answer<String> scan(JsonObject request) {
        Projection projection;
        try {
            projection = request.text("ProjectionExpression")
                    .map(expression -> Projection.parse(expression, names(request)))
                    .orElse(Projection.wholeItem());
        } catch (InvalidProjectionException e) {
            return Answer.refused(Refusal.Kind.INVALID, "Invalid ProjectionExpression: " + e.getMessage());
        }
        String table = request.text("TableName").orElse("");
        ScanSplit split = new ScanSplit(
                table,
                ANY_EPOCH,
                request.number("Segment").orElse(0),
                request.number("TotalSegments").orElse(1),
                request.object("ExclusiveStartKey")
                        .<ScanPosition>map(key -> new ScanPosition.After(key(table, key)))
                        .orElse(ScanPosition.START));
        ScanRequest asked = new ScanRequest(
                split,
                projection,
                request.text("ConsistentRead").filter("true"::equals).isPresent(),
                request.number("Limit").map(OptionalInt::of).orElse(OptionalInt.empty()));
        return JsonAnswers.of(service.scan(asked), page -> text(table, page));
    }

    private static Map<String, String> names(JsonObject request) {
        return request.object("ExpressionAttributeNames").map(JsonObject::texts).orElse(Map.of());
    }

    private static String text(String table, ScanPage page) {
        return JsonObject.written(json -> {
            json.writeArrayFieldStart("Items");
            for (Item item : page.items()) {
                json.writeRawValue(JsonForm.DYNAMODB.textOf(item));
            }
            json.writeEndArray();
            json.writeNumberField("Count", page.items().size());
            json.writeNumberField("ScannedCount", page.items().size());
            if (page.lastEvaluatedKey().isPresent()) {
                json.writeFieldName("LastEvaluatedKey");
                write(page.lastEvaluatedKey().get(), json);
            }
            json.writeObjectFieldStart("ConsumedCapacity");
            json.writeStringField("TableName", table);
            json.writeNumberField("CapacityUnits", page.consumedReadUnits());
            json.writeEndObject();
        });
    }

    private static void write(ItemKey key, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (KeyAttribute attribute : key.attributes()) {
            json.writeObjectFieldStart(attribute.name());
            json.writeStringField(attribute.type().name(), attribute.value());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /**
     * Reads a key. A client may send the attributes in any order; the fake needs them in the
     * table's order.
     */
    private ItemKey key(String table, JsonObject key) {
        List<String> order = db.find(table).stream()
                .flatMap(found -> found.spec().keys().stream())
                .map(KeyColumn::name)
                .toList();
        return new ItemKey(key.objects().entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> order.indexOf(entry.getKey())))
                .map(entry -> attribute(entry.getKey(), entry.getValue()))
                .toList());
    }

    private static KeyAttribute attribute(String name, JsonObject value) {
        Map.Entry<String, String> typed = value.texts().entrySet().iterator().next();
        return new KeyAttribute(name, KeyType.valueOf(typed.getKey()), typed.getValue());
    }
}
