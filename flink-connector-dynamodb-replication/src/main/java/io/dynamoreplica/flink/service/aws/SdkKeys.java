/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import io.dynamoreplica.flink.split.ItemKey;
import io.dynamoreplica.flink.split.ItemKey.KeyAttribute;
import io.dynamoreplica.flink.split.ItemKey.KeyType;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The conversion of {@code LastEvaluatedKey} and {@code ExclusiveStartKey}, in both directions without loss. */
final class SdkKeys {

    private SdkKeys() {}

    /** Reads a key, in the order of names, so that equal keys give equal values. */
    static ItemKey read(Map<String, AttributeValue> lastEvaluatedKey) {
        AnswerParts.whole(lastEvaluatedKey, "LastEvaluatedKey", new MemoryEstimate());
        List<KeyAttribute> attributes = new ArrayList<>();
        new TreeMap<>(lastEvaluatedKey).forEach((name, value) -> attributes.add(read(name, value)));
        return new ItemKey(attributes);
    }

    private static KeyAttribute read(String name, AttributeValue value) {
        AnswerParts.sentText(name, "name of a key attribute");
        return switch (value.type()) {
            case S -> new KeyAttribute(name, KeyType.S, value.s());
            case N -> new KeyAttribute(name, KeyType.N, value.n());
            case B -> new KeyAttribute(name, KeyType.B, base64(value.b()));
            default ->
                throw AnswerParts.incomplete(
                        "In the answer key attribute %s is of type %s".formatted(name, value.type()));
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
            case B -> AttributeValue.fromB(bytes(attribute.value()));
        };
    }

    private static String base64(SdkBytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
    }

    private static SdkBytes bytes(String base64) {
        return SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(base64));
    }
}
