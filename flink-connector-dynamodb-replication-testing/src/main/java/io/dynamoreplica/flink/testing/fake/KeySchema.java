/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.service.TableDescription.KeyColumn;
import io.dynamoreplica.flink.split.ItemKey;
import io.dynamoreplica.flink.split.ItemKey.KeyAttribute;
import io.dynamoreplica.flink.split.ItemKey.KeyType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The key attributes of a table, partition key first. */
record KeySchema(List<KeyColumn> columns) {

    KeySchema {
        columns = List.copyOf(columns);
        if (columns.isEmpty() || columns.size() > 2) {
            throw new IllegalArgumentException("A table has a partition key and at most one sort key, not " + columns);
        }
    }

    /**
     * Returns the key in these attributes. Numbers are normalised, so that equal numbers are one
     * key.
     */
    ItemKey keyOf(Map<String, AttributeValue> attributes) {
        return new ItemKey(columns.stream()
                .map(column ->
                        new KeyAttribute(column.name(), column.type(), text(column, attributes.get(column.name()))))
                .toList());
    }

    Map<String, AttributeValue> keysOf(Map<String, AttributeValue> attributes) {
        Map<String, AttributeValue> keys = new LinkedHashMap<>();
        columns.forEach(column -> keys.put(column.name(), attributes.get(column.name())));
        return keys;
    }

    /**
     * Returns a key of the right shape that no item has, for the LastEvaluatedKey of a page without
     * items.
     */
    ItemKey keyOfNoItem(long number) {
        String name = "no-item-" + number;
        return new ItemKey(columns.stream()
                .map(column -> new KeyAttribute(column.name(), column.type(), valueOf(column.type(), name, number)))
                .toList());
    }

    private static String valueOf(KeyType type, String name, long number) {
        return switch (type) {
            case S -> name;
            case N -> "-" + (Long.MAX_VALUE / 2 + number);
            case B -> Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
        };
    }

    private static String text(KeyColumn column, AttributeValue value) {
        if (value instanceof AttributeValue.S s && column.type() == KeyType.S) {
            return s.value();
        }
        if (value instanceof AttributeValue.N n && column.type() == KeyType.N) {
            return new BigDecimal(n.digits()).stripTrailingZeros().toPlainString();
        }
        if (value instanceof AttributeValue.B b && column.type() == KeyType.B) {
            return Base64.getEncoder().encodeToString(b.bytes());
        }
        throw new IllegalArgumentException("Key attribute " + column + " cannot be " + value);
    }
}
