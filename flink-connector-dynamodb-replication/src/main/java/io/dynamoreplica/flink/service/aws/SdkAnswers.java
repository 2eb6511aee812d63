/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import static io.dynamoreplica.flink.service.aws.AnswerParts.eachSent;
import static io.dynamoreplica.flink.service.aws.AnswerParts.known;
import static io.dynamoreplica.flink.service.aws.AnswerParts.sent;
import static io.dynamoreplica.flink.service.aws.AnswerParts.sentText;

import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.service.ReplicationException;
import io.dynamoreplica.flink.service.ScanPage;
import io.dynamoreplica.flink.service.ShardPage;
import io.dynamoreplica.flink.service.StreamRecord;
import io.dynamoreplica.flink.service.TableDescription;
import io.dynamoreplica.flink.service.TableDescription.KeyColumn;
import io.dynamoreplica.flink.service.TableDescription.Size;
import io.dynamoreplica.flink.service.TableDescription.TableStream;
import io.dynamoreplica.flink.split.ItemKey;
import io.dynamoreplica.flink.split.ItemKey.KeyType;
import io.dynamoreplica.flink.split.Shard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** The conversion of the SDK's answers to our types. */
final class SdkAnswers {

    private static final String NAME = "AttributeName";

    private SdkAnswers() {}

    static List<String> tableNames(ListTablesResponse page) {
        return eachSent(sent(page.hasTableNames() ? page.tableNames() : null, "TableNames"), "name");
    }

    static TableDescription table(DescribeTableResponse response) {
        var table = sent(response.table(), "Table");
        return new TableDescription(
                identity(table),
                sent(table.tableStatusAsString(), "TableStatus"),
                keys(table),
                new Size(orZero(table.tableSizeBytes()), orZero(table.itemCount())),
                stream(table),
                ResponseHeaders.serverTime(response));
    }

    /**
     * Returns the TableId. DynamoDB Local has none; there the time of creation distinguishes a table from
     * a later one of the same name.
     */
    private static String identity(software.amazon.awssdk.services.dynamodb.model.TableDescription table) {
        return AnswerParts.textIfSent(table.tableId())
                .orElseGet(() -> "created at " + sent(table.creationDateTime(), "TableId"));
    }

    private static List<KeyColumn> keys(software.amazon.awssdk.services.dynamodb.model.TableDescription table) {
        if (table.keySchema().isEmpty()) {
            throw AnswerParts.incomplete("The answer has no KeySchema");
        }
        for (KeySchemaElement key : table.keySchema()) {
            sent(sent(key, "element of KeySchema").keyTypeAsString(), "KeyType");
        }
        return table.keySchema().stream()
                .sorted(Comparator.comparing(KeySchemaElement::keyTypeAsString))
                .map(key -> new KeyColumn(sentText(key.attributeName(), NAME), type(table, key.attributeName())))
                .toList();
    }

    private static KeyType type(
            software.amazon.awssdk.services.dynamodb.model.TableDescription table, String attribute) {
        for (AttributeDefinition definition : eachSent(table.attributeDefinitions(), "attribute definition")) {
            if (sent(definition.attributeName(), NAME).equals(attribute)) {
                return type(table.tableName(), attribute, sent(definition.attributeTypeAsString(), "AttributeType"));
            }
        }
        throw AnswerParts.incomplete("The answer has no type of the key attribute %s".formatted(attribute));
    }

    private static KeyType type(String table, String attribute, String type) {
        for (KeyType known : KeyType.values()) {
            if (known.name().equals(type)) {
                return known;
            }
        }
        throw new ReplicationException(
                """
                Key attribute %s of table %s is of type %s, which this version of the connector does not know. Use a \
                newer version of the connector"""
                        .formatted(attribute, table, type));
    }

    private static Optional<TableStream> stream(software.amazon.awssdk.services.dynamodb.model.TableDescription table) {
        var specification = Optional.ofNullable(table.streamSpecification());
        return AnswerParts.textIfSent(table.latestStreamArn())
                .map(arn -> new TableStream(
                        arn,
                        specification.map(s -> s.streamEnabled()).orElse(false),
                        specification.map(s -> s.streamViewTypeAsString()).orElse("")));
    }

    static Shard shard(software.amazon.awssdk.services.dynamodb.model.Shard shard) {
        String shardId = sentText(sent(shard, "shard").shardId(), "ShardId");
        if (shardId.equals(shard.parentShardId())) {
            throw AnswerParts.incomplete("In the answer %s is its own parent".formatted(shardId));
        }
        return new Shard(
                shardId,
                AnswerParts.textIfSent(shard.parentShardId()).orElse(null),
                Optional.ofNullable(shard.sequenceNumberRange())
                        .flatMap(range -> AnswerParts.textIfSent(range.endingSequenceNumber()))
                        .isPresent());
    }

    /**
     * Reads a page.
     *
     * @param projected whether a projection was asked for; with one, an item can have no attribute left
     */
    static ScanPage scanPage(ScanResponse response, boolean projected) {
        sent(response.hasItems() ? response.items() : null, "Items");
        if (response.count() != null && response.count() != response.items().size()) {
            throw AnswerParts.incomplete("The answer has %d items and a Count of %d"
                    .formatted(response.items().size(), response.count()));
        }
        List<Item> items = new ArrayList<>(response.items().size());
        MemoryEstimate memory = new MemoryEstimate();
        for (Map<String, AttributeValue> item : response.items()) {
            items.add(new SdkItem(projected ? known(item, memory) : AnswerParts.whole(item, "item", memory)));
        }
        return new ScanPage(
                items,
                lastEvaluatedKey(response),
                memory.bytes(),
                Optional.ofNullable(response.consumedCapacity())
                        .map(ConsumedCapacity::capacityUnits)
                        .orElse(0.0),
                ResponseHeaders.serverTime(response));
    }

    /** Returns the key. DynamoDB's documentation says "empty" for the last page; its answers leave it out. */
    private static Optional<ItemKey> lastEvaluatedKey(ScanResponse response) {
        return response.lastEvaluatedKey().isEmpty()
                ? Optional.empty()
                : Optional.of(SdkKeys.read(response.lastEvaluatedKey()));
    }

    static ShardPage shardPage(GetRecordsResponse response) {
        sent(response.hasRecords() ? response.records() : null, "Records");
        List<StreamRecord> records = new ArrayList<>(response.records().size());
        MemoryEstimate memory = new MemoryEstimate();
        for (Record record : response.records()) {
            records.add(SdkRecords.read(record, memory));
        }
        return new ShardPage(records, nextIterator(response), memory.bytes(), ResponseHeaders.serverTime(response));
    }

    /**
     * Returns the next iterator. By DynamoDB's documentation, null means the end of a shard. An empty
     * iterator is rejected: if it counted as the end, the records that follow would be lost, and to make
     * the same call again does no harm.
     */
    private static Optional<String> nextIterator(GetRecordsResponse response) {
        return Optional.ofNullable(response.nextShardIterator()).map(next -> sentText(next, "NextShardIterator"));
    }

    private static long orZero(Long number) {
        return number == null ? 0 : number;
    }
}
