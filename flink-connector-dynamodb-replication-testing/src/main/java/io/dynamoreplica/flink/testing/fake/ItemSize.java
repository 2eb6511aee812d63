/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.service.StreamRecord;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * The size of an item, about as DynamoDB counts it: names and values, three bytes for each list or
 * map, and one byte for each value nested in it.
 */
final class ItemSize {

    private ItemSize() {}

    static long of(MapItem item) {
        return of(item.materialise());
    }

    static long of(StreamRecord record) {
        long keys = imageSize(record.images().keys());
        long before = imageSize(record.images().before());
        long after = imageSize(record.images().after());
        return keys + before + after;
    }

    private static long imageSize(Item image) {
        return Optional.ofNullable(image).map(i -> of(i.materialise())).orElse(0L);
    }

    private static long of(Map<String, AttributeValue> attributes) {
        return attributes.entrySet().stream()
                .mapToLong(entry -> utf8(entry.getKey()) + of(entry.getValue()))
                .sum();
    }

    private static long of(AttributeValue value) {
        return switch (value.type()) {
            case S -> utf8(((AttributeValue.S) value).value());
            case N -> digits(((AttributeValue.N) value).digits());
            case B -> ((AttributeValue.B) value).bytes().length;
            case BOOL, NULL -> 1;
            case M -> {
                Map<String, AttributeValue> entries = ((AttributeValue.M) value).entries();
                yield 3 + entries.size() + of(entries);
            }
            case L ->
                ((AttributeValue.L) value)
                        .elements().stream().mapToLong(e -> 1 + of(e)).reduce(3, Long::sum);
            case SS ->
                ((AttributeValue.Ss) value)
                        .values().stream().mapToLong(ItemSize::utf8).sum();
            case NS ->
                ((AttributeValue.Ns) value)
                        .digits().stream().mapToLong(ItemSize::digits).sum();
            case BS ->
                ((AttributeValue.Bs) value)
                        .values().stream().mapToLong(b -> b.bytes().length).sum();
        };
    }

    private static long utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static long digits(String number) {
        return number.length() / 2 + 1;
    }
}
