/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import io.dynamoreplica.flink.change.AttributeValue.B;
import io.dynamoreplica.flink.change.AttributeValue.Bool;
import io.dynamoreplica.flink.change.AttributeValue.Bs;
import io.dynamoreplica.flink.change.AttributeValue.L;
import io.dynamoreplica.flink.change.AttributeValue.M;
import io.dynamoreplica.flink.change.AttributeValue.N;
import io.dynamoreplica.flink.change.AttributeValue.Ns;
import io.dynamoreplica.flink.change.AttributeValue.S;
import io.dynamoreplica.flink.change.AttributeValue.Ss;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.TableDescription.KeyColumn;
import io.dynamoreplica.flink.testing.contract.DynamoDbServiceFixture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;

/** A fixture that prepares a real DynamoDB endpoint for the contract. */
record SdkFixture(DynamoDbService service, DynamoDbClient client) implements DynamoDbServiceFixture {

    @Override
    public void createTable(String table, List<KeyColumn> keys, Optional<String> viewType) {
        List<KeySchemaElement> schema = new ArrayList<>();
        List<AttributeDefinition> definitions = new ArrayList<>();
        for (KeyColumn key : keys) {
            KeyType role = schema.isEmpty() ? KeyType.HASH : KeyType.RANGE;
            schema.add(KeySchemaElement.builder()
                    .attributeName(key.name())
                    .keyType(role)
                    .build());
            definitions.add(AttributeDefinition.builder()
                    .attributeName(key.name())
                    .attributeType(key.type().name())
                    .build());
        }
        StreamSpecification stream = viewType.map(type -> StreamSpecification.builder()
                        .streamEnabled(true)
                        .streamViewType(type)
                        .build())
                .orElse(null);
        client.createTable(call -> call.tableName(table)
                .keySchema(schema)
                .attributeDefinitions(definitions)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .streamSpecification(stream));
        client.waiter().waitUntilTableExists(call -> call.tableName(table));
    }

    @Override
    public void put(String table, Map<String, io.dynamoreplica.flink.change.AttributeValue> item) {
        client.putItem(call -> call.tableName(table).item(written(item)));
    }

    @Override
    public void delete(String table, Map<String, io.dynamoreplica.flink.change.AttributeValue> key) {
        client.deleteItem(call -> call.tableName(table).key(written(key)));
    }

    @Override
    public void disableStream(String table) {
        client.updateTable(call -> call.tableName(table).streamSpecification(stream -> stream.streamEnabled(false)));
    }

    private static Map<String, AttributeValue> written(
            Map<String, io.dynamoreplica.flink.change.AttributeValue> attributes) {
        Map<String, AttributeValue> written = new HashMap<>();
        attributes.forEach((name, value) -> written.put(name, written(value)));
        return written;
    }

    private static AttributeValue written(io.dynamoreplica.flink.change.AttributeValue value) {
        return switch (value.type()) {
            case S -> AttributeValue.fromS(((S) value).value());
            case N -> AttributeValue.fromN(((N) value).digits());
            case B -> AttributeValue.fromB(bytes((B) value));
            case BOOL -> AttributeValue.fromBool(((Bool) value).value());
            case NULL -> AttributeValue.fromNul(true);
            case M -> AttributeValue.fromM(written(((M) value).entries()));
            case L ->
                AttributeValue.fromL(
                        ((L) value).elements().stream().map(SdkFixture::written).toList());
            case SS -> AttributeValue.fromSs(((Ss) value).values());
            case NS -> AttributeValue.fromNs(((Ns) value).digits());
            case BS ->
                AttributeValue.fromBs(
                        ((Bs) value).values().stream().map(SdkFixture::bytes).toList());
        };
    }

    private static SdkBytes bytes(B value) {
        return SdkBytes.fromByteArray(value.bytes());
    }
}
