/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import io.dynamoreplica.flink.split.ItemKey;
import io.dynamoreplica.flink.split.ItemKey.KeyAttribute;
import io.dynamoreplica.flink.split.ItemKey.KeyType;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@code LastEvaluatedKey} and {@code ExclusiveStartKey}, to and fro without loss. */
final class SdkKeys {

    private SdkKeys() {}

    /** In the order of names, so that one key always makes one value. */
    static ItemKey read(Map<String, AttributeValue> lastEvaluatedKey) {
        List<KeyAttribute> attributes =
                AnswerParts.whole(lastEvaluatedKey, "LastEvaluatedKey", new MemoryEstimate()).entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> read(entry.getKey(), entry.getValue()))
                        .toList();
        return new ItemKey(attributes);
    }

    private static KeyAttribute read(String name, AttributeValue value) {
        AnswerParts.sentText(name, "name of a key attribute");
        return switch (value.type()) {
            case S -> new KeyAttribute(name, KeyType.S, value.s());
            case N -> new KeyAttribute(name, KeyType.N, value.n());
            case B ->
                new KeyAttribute(
                        name,
                        KeyType.B,
                        Base64.getEncoder().encodeToString(value.b().asByteArrayUnsafe()));
            default ->
                throw AnswerParts.incomplete("In the answer key attribute " + name + " is of type " + value.type());
        };
    }

    static Map<String, AttributeValue> write(ItemKey key) {
        Map<String, AttributeValue> attributes = new HashMap<>();
        for (KeyAttribute attribute : key.attributes()) {
            attributes.put(attribute.name(), write(attribute));
        }
        return attributes;
    }

    private static AttributeValue write(KeyAttribute attribute) {
        return switch (attribute.type()) {
            case S -> AttributeValue.fromS(attribute.value());
            case N -> AttributeValue.fromN(attribute.value());
            case B ->
                AttributeValue.fromB(
                        SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(attribute.value())));
        };
    }
}
