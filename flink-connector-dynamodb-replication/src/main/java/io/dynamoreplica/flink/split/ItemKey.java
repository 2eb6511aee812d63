/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.annotation.Internal;

/**
 * A key as DynamoDB hands it out in {@code LastEvaluatedKey} and takes it back in {@code
 * ExclusiveStartKey}: opaque to us, kept to the letter.
 */
@Internal
public record ItemKey(List<KeyAttribute> attributes) implements Serializable {

    public ItemKey {
        attributes = List.copyOf(attributes);
        if (attributes.isEmpty()) {
            throw new IllegalArgumentException("A key has at least one attribute");
        }
    }

    /**
     * @param value the string, the number's digits, or the bytes in Base64, by {@code type}
     */
    public record KeyAttribute(String name, KeyType type, String value) implements Serializable {
        public KeyAttribute {
            if (name.isEmpty() || type == null || value == null) {
                throw new IllegalArgumentException("A key attribute needs a name, a type and a value");
            }
        }

        /** Without the value: Flink logs splits, and a key may be a person's name or number. */
        @Override
        public String toString() {
            return name + ":" + type;
        }
    }

    /** The three types that DynamoDB allows for key attributes. */
    public enum KeyType {
        S,
        N,
        B
    }
}
