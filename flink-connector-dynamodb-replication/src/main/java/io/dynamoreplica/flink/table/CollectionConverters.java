/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.change.AttributeType;
import io.dynamoreplica.flink.change.ItemCursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;

/** The converters of lists, sets and maps. */
final class CollectionConverters {

    private CollectionConverters() {}

    /** Converts an L in its order, or a set in any order. */
    static AttributeConverter array(LogicalType type, AttributeConverter element) {
        return value -> switch (value.type()) {
            case L, SS, NS, BS ->
                new GenericArrayData(elements(value.enter(), element).toArray());
            default -> throw ConversionException.wrongType(value.type(), type);
        };
    }

    /** Converts a set. Elements that differ in DynamoDB can be equal as floating point numbers. */
    static AttributeConverter multiset(LogicalType type, AttributeConverter element) {
        return value -> switch (value.type()) {
            case SS, NS, BS -> {
                Map<Object, Integer> counts = new HashMap<>();
                for (Object each : elements(value.enter(), element)) {
                    counts.merge(each, 1, Integer::sum);
                }
                yield new GenericMapData(counts);
            }
            default -> throw ConversionException.wrongType(value.type(), type);
        };
    }

    /** Converts an M. Its names become the keys. */
    static AttributeConverter map(MapType type, AttributeConverter entry) {
        TextLimit names = new TextLimit(type.getKeyType());
        return value -> switch (value.type()) {
            case M -> new GenericMapData(entries(value.enter(), names, entry));
            default -> throw ConversionException.wrongType(value.type(), type);
        };
    }

    private static List<Object> elements(ItemCursor cursor, AttributeConverter converter) throws ConversionException {
        List<Object> elements = new ArrayList<>();
        while (cursor.next()) {
            try {
                elements.add(converter.convert(cursor));
            } catch (ConversionException e) {
                throw e.at(elements.size());
            }
        }
        return elements;
    }

    private static Map<StringData, Object> entries(ItemCursor cursor, TextLimit names, AttributeConverter converter)
            throws ConversionException {
        Map<StringData, Object> entries = new HashMap<>();
        while (cursor.next()) {
            StringData name = names.fit(cursor.name(), AttributeType.M, "a map with a name");
            try {
                entries.put(name, converter.convert(cursor));
            } catch (ConversionException e) {
                throw e.under(cursor.name());
            }
        }
        return entries;
    }
}
