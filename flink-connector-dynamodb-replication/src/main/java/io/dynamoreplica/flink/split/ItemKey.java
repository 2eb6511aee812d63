/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import java.io.Serializable;
import java.util.List;

/**
 * A key that DynamoDB returns as {@code LastEvaluatedKey} and accepts as {@code ExclusiveStartKey}. The
 * connector does not interpret it and keeps it unchanged.
 */
public record ItemKey(List<KeyAttribute> attributes) implements Serializable {

    public ItemKey {
        attributes = List.copyOf(attributes);
        if (attributes.isEmpty()) {
            throw new IllegalArgumentException("A key has at least one attribute");
        }
    }

    /**
     * One attribute of a key.
     *
     * @param value the string, the digits of the number, or the bytes in Base64, depending on {@code type}
     */
    public record KeyAttribute(String name, KeyType type, String value) implements Serializable {
        public KeyAttribute {
            if (name.isEmpty() || type == null || value == null) {
                throw new IllegalArgumentException("A key attribute needs a name, a type and a value");
            }
        }

        /** Leaves out the value: Flink logs splits, and a key may be the name or number of a person. */
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
