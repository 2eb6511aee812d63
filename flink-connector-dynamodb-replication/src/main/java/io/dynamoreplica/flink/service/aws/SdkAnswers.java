/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import io.dynamoreplica.flink.change.ChangeEvent.Images;
import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.Operation;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Identity;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** The SDK's answers in our words. */
final class SdkAnswers {

    /** The service identity by which DynamoDB removes items whose time to live has passed. */
    private static final String DYNAMODB_PRINCIPAL = "dynamodb.amazonaws.com";

    private SdkAnswers() {}

    /**
     * A part that DynamoDB always sends. The SDK reads an empty body or object, as a proxy on the
     * way may send, as an answer without any part; that would pass for the end of a segment or of a
     * shard.
     *
     * @throws SdkClientException if it is not there
     */
    static <T> T sent(T part, String name) {
        if (part == null) {
            throw SdkClientException.create(
                    "The answer has no " + name + ": it is not DynamoDB's, or not whole");
        }
        return part;
    }

    static List<String> tableNames(ListTablesResponse page) {
        return sent(page.hasTableNames() ? page.tableNames() : null, "TableNames");
    }

    static TableDescription table(DescribeTableResponse response) {
        var table = sent(response.table(), "Table");
        return new TableDescription(
                identity(table),
                table.tableStatusAsString(),
                keys(table),
                new Size(orZero(table.tableSizeBytes()), orZero(table.itemCount())),
                stream(table),
                ResponseHeaders.serverTime(response));
    }

    /** DynamoDB Local gives no TableId; the time of creation also tells a table from its heir. */
    private static String identity(
            software.amazon.awssdk.services.dynamodb.model.TableDescription table) {
        return table.tableId() != null ? table.tableId() : "created at " + table.creationDateTime();
    }

    private static List<KeyColumn> keys(
            software.amazon.awssdk.services.dynamodb.model.TableDescription table) {
        return table.keySchema().stream()
                .sorted((a, b) -> a.keyType().compareTo(b.keyType()))
                .map(key -> new KeyColumn(key.attributeName(), type(table, key)))
                .toList();
    }

    private static KeyType type(
            software.amazon.awssdk.services.dynamodb.model.TableDescription table,
            KeySchemaElement key) {
        return table.attributeDefinitions().stream()
                .filter(definition -> definition.attributeName().equals(key.attributeName()))
                .map(AttributeDefinition::attributeTypeAsString)
                .map(KeyType::valueOf)
                .findFirst()
                .orElseThrow();
    }

    private static Optional<TableStream> stream(
            software.amazon.awssdk.services.dynamodb.model.TableDescription table) {
        var specification = Optional.ofNullable(table.streamSpecification());
        return Optional.ofNullable(table.latestStreamArn())
                .map(
                        arn ->
                                new TableStream(
                                        arn,
                                        specification.map(s -> s.streamEnabled()).orElse(false),
                                        specification
                                                .map(s -> s.streamViewTypeAsString())
                                                .orElse("")));
    }

    static Shard shard(software.amazon.awssdk.services.dynamodb.model.Shard shard) {
        return new Shard(
                shard.shardId(),
                shard.parentShardId(),
                shard.sequenceNumberRange() != null
                        && shard.sequenceNumberRange().endingSequenceNumber() != null);
    }

    static ScanPage scanPage(ScanResponse response) {
        sent(response.hasItems() ? response.items() : null, "Items");
        List<Item> items = new ArrayList<>(response.items().size());
        long attributes = 0;
        for (Map<String, AttributeValue> item : response.items()) {
            items.add(new SdkItem(item));
            attributes += item.size();
        }
        Optional<ItemKey> lastEvaluatedKey =
                response.lastEvaluatedKey().isEmpty()
                        ? Optional.empty()
                        : Optional.of(SdkKeys.read(response.lastEvaluatedKey()));
        return new ScanPage(
                items,
                lastEvaluatedKey,
                ResponseHeaders.memory(response, attributes),
                response.consumedCapacity() == null
                        ? 0
                        : response.consumedCapacity().capacityUnits(),
                ResponseHeaders.serverTime(response));
    }

    static ShardPage shardPage(GetRecordsResponse response) {
        sent(response.hasRecords() ? response.records() : null, "Records");
        List<StreamRecord> records = new ArrayList<>(response.records().size());
        long attributes = 0;
        for (Record record : response.records()) {
            records.add(record(record));
            attributes += record.dynamodb().newImage().size() + record.dynamodb().oldImage().size();
        }
        return new ShardPage(
                records,
                Optional.ofNullable(response.nextShardIterator()),
                ResponseHeaders.memory(response, attributes),
                ResponseHeaders.serverTime(response));
    }

    private static StreamRecord record(Record record) {
        var change = record.dynamodb();
        return new StreamRecord(
                change.sequenceNumber(),
                operation(record),
                new Images(
                        new SdkItem(change.keys()),
                        change.hasOldImage() ? new SdkItem(change.oldImage()) : null,
                        change.hasNewImage() ? new SdkItem(change.newImage()) : null),
                change.approximateCreationDateTime(),
                isDynamoDbItself(record.userIdentity()));
    }

    private static Operation operation(Record record) {
        return switch (record.eventName()) {
            case INSERT -> Operation.INSERT;
            case MODIFY -> Operation.MODIFY;
            case REMOVE -> Operation.REMOVE;
            case UNKNOWN_TO_SDK_VERSION ->
                    throw new IllegalStateException(
                            "Stream record "
                                    + record.dynamodb().sequenceNumber()
                                    + " is of an event that this version of the connector does not"
                                    + " know: "
                                    + record.eventNameAsString());
        };
    }

    private static boolean isDynamoDbItself(Identity identity) {
        return identity != null
                && "Service".equals(identity.type())
                && DYNAMODB_PRINCIPAL.equals(identity.principalId());
    }

    private static long orZero(Long number) {
        return number == null ? 0 : number;
    }
}
