/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.json.JsonForm;
import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ShardListing;
import io.dynamoreplica.flink.service.ShardPage;
import io.dynamoreplica.flink.service.StreamRecord;
import io.dynamoreplica.flink.split.Shard;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The translation of DescribeStream, GetShardIterator and GetRecords: from JSON to the fake and
 * back.
 */
final class StreamCalls {

    private final DynamoDbService service;
    private final WireBehaviour behaviour;

    StreamCalls(DynamoDbService service, WireBehaviour behaviour) {
        this.service = service;
        this.behaviour = behaviour;
    }

    Answer<String> describeStream(JsonObject request) {
        Optional<JsonObject> filter = request.object("ShardFilter");
        if (filter.isPresent() && !filter.get().text("Type").orElse("").equals("CHILD_SHARDS")) {
            return Answer.refused(Refusal.Kind.INVALID, "ShardFilter has no such Type: " + filter);
        }
        return JsonAnswers.of(
                service.listShards(request.text("StreamArn").orElse("")), listing -> text(listing, request));
    }

    private String text(ShardListing listing, JsonObject request) {
        List<Shard> ahead = ahead(listing, request);
        int limit = Math.min(request.number("Limit").orElse(Integer.MAX_VALUE), behaviour.shardsPerPage());
        List<Shard> page = ahead.subList(0, Math.min(limit, ahead.size()));
        return JsonObject.written(json -> {
            json.writeObjectFieldStart("StreamDescription");
            json.writeStringField("StreamArn", listing.streamArn());
            json.writeStringField("StreamStatus", listing.status());
            json.writeStringField("TableName", tableOf(listing.streamArn()));
            json.writeArrayFieldStart("Shards");
            for (Shard shard : page) {
                write(shard, json);
            }
            json.writeEndArray();
            if (page.size() < ahead.size()) {
                json.writeStringField(
                        "LastEvaluatedShardId", page.get(page.size() - 1).shardId());
            }
            json.writeEndObject();
        });
    }

    /** Returns the shards of this page and of all further pages. */
    private List<Shard> ahead(ShardListing listing, JsonObject request) {
        Comparator<String> order = ShardOrder.of(behaviour);
        Predicate<String> isAhead = request.text("ExclusiveStartShardId")
                .<Predicate<String>>map(last -> id -> order.compare(id, last) > 0)
                .orElse(id -> true);
        Optional<String> parent = request.object("ShardFilter")
                .flatMap(filter -> filter.text("ShardId"))
                .filter(id -> behaviour.honoursShardFilter());
        return listing.shards().stream()
                .filter(shard -> parent.isEmpty() || shard.parent().equals(parent))
                .filter(shard -> isAhead.test(shard.shardId()))
                .sorted(Comparator.comparing(Shard::shardId, order))
                .toList();
    }

    private static void write(Shard shard, JsonGenerator json) throws IOException {
        String number = ShardOrder.startingSequenceNumber(shard.shardId()).toString();
        json.writeStartObject();
        json.writeStringField("ShardId", shard.shardId());
        if (shard.parent().isPresent()) {
            json.writeStringField("ParentShardId", shard.parent().get());
        }
        json.writeObjectFieldStart("SequenceNumberRange");
        json.writeStringField("StartingSequenceNumber", number);
        if (shard.closed()) {
            // The value has no meaning. Its presence shows that the shard is closed.
            json.writeStringField("EndingSequenceNumber", number);
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    Answer<String> getShardIterator(JsonObject request) {
        String arn = request.text("StreamArn").orElse("");
        ShardKey shard = new ShardKey(tableOf(arn), arn, request.text("ShardId").orElse(""));
        Optional<ShardPosition> position = position(request);
        if (position.isEmpty()) {
            return Answer.refused(Refusal.Kind.INVALID, "No iterator of this type is simulated: " + request);
        }
        return JsonAnswers.of(
                service.shardIterator(shard, position.get()),
                iterator -> JsonObject.written(json -> json.writeStringField(
                        "ShardIterator", WireIterator.of(shard, iterator).encode())));
    }

    private static Optional<ShardPosition> position(JsonObject request) {
        Optional<ShardPosition> after = request.text("SequenceNumber").map(ShardPosition.After::new);
        return switch (request.text("ShardIteratorType").orElse("")) {
            case "TRIM_HORIZON" -> Optional.of(ShardPosition.BEGINNING);
            case "AFTER_SEQUENCE_NUMBER" -> after;
            default -> Optional.empty();
        };
    }

    Answer<String> getRecords(JsonObject request) {
        Optional<WireIterator> iterator = request.text("ShardIterator").flatMap(WireIterator::decode);
        if (iterator.isEmpty()) {
            return Answer.refused(Refusal.Kind.INVALID, "Invalid ShardIterator");
        }
        String arn = iterator.get().streamArn();
        ShardKey shard = new ShardKey(tableOf(arn), arn, iterator.get().shardId());
        return JsonAnswers.of(service.records(shard, iterator.get().iterator()), page -> text(shard, page));
    }

    private static String text(ShardKey shard, ShardPage page) {
        return JsonObject.written(json -> {
            if (page.nextIterator().isPresent()) {
                json.writeStringField(
                        "NextShardIterator",
                        WireIterator.of(shard, page.nextIterator().get()).encode());
            }
            json.writeArrayFieldStart("Records");
            for (StreamRecord record : page.records()) {
                write(record, json);
            }
            json.writeEndArray();
        });
    }

    private static void write(StreamRecord record, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("eventID", "event-" + record.sequenceNumber());
        json.writeStringField("eventName", record.operation().name());
        json.writeStringField("eventVersion", "1.1");
        json.writeStringField("eventSource", "aws:dynamodb");
        if (record.deletedByTtl()) {
            json.writeObjectFieldStart("userIdentity");
            json.writeStringField("Type", "Service");
            json.writeStringField("PrincipalId", "dynamodb.amazonaws.com");
            json.writeEndObject();
        }
        json.writeObjectFieldStart("dynamodb");
        json.writeNumberField("ApproximateCreationDateTime", record.created().getEpochSecond());
        json.writeStringField("SequenceNumber", record.sequenceNumber());
        write("Keys", Optional.of(record.images().keys()), json);
        write("OldImage", Optional.ofNullable(record.images().before()), json);
        write("NewImage", Optional.ofNullable(record.images().after()), json);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void write(String name, Optional<Item> image, JsonGenerator json) throws IOException {
        if (image.isPresent()) {
            json.writeFieldName(name);
            json.writeRawValue(JsonForm.DYNAMODB.textOf(image.get()));
        }
    }

    /** Returns the name of the table; a name unknown to the fake if the text is not an ARN. */
    private static String tableOf(String streamArn) {
        String[] parts = streamArn.split("/");
        return parts.length > 1 ? parts[1] : "unknown";
    }
}
