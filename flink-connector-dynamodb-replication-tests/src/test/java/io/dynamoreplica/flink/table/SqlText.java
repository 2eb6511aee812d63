/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.types.Row;

/** The text of Flink's data as the documentation shows it. */
final class SqlText {

    private static final int NANOS_PER_MILLI = 1_000_000;

    private SqlText() {}

    /** Returns a value of a query result in the same text. */
    static String ofExternal(Object value) {
        if (value == null) {
            return "NULL";
        } else if (value instanceof byte[] bytes) {
            return "x'" + HexFormat.of().formatHex(bytes) + "'";
        } else if (value instanceof Object[] elements) {
            return Arrays.stream(elements).map(SqlText::ofExternal).toList().toString();
        } else if (value instanceof Map<?, ?> map) {
            Map<String, String> entries = new TreeMap<>();
            map.forEach((key, each) -> entries.put(ofExternal(key), ofExternal(each)));
            return entries.toString();
        } else if (value instanceof Row row) {
            List<String> fields = new ArrayList<>();
            for (int i = 0; i < row.getArity(); i++) {
                fields.add(ofExternal(row.getField(i)));
            }
            return "(" + String.join(", ", fields) + ")";
        } else if (value instanceof Instant instant) {
            return LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString();
        }
        return value.toString();
    }

    static String of(Object value, LogicalType type) {
        if (value == null) {
            return "NULL";
        }
        return switch (type.getTypeRoot()) {
            case DATE -> LocalDate.ofEpochDay((int) value).toString();
            case TIME_WITHOUT_TIME_ZONE ->
                LocalTime.ofNanoOfDay((long) (int) value * NANOS_PER_MILLI).toString();
            case BINARY, VARBINARY -> "x'" + HexFormat.of().formatHex((byte[]) value) + "'";
            case ARRAY -> elements((GenericArrayData) value, type.getChildren().get(0));
            case MULTISET -> entries((GenericMapData) value, type.getChildren().get(0), null);
            case MAP ->
                entries(
                        (GenericMapData) value,
                        type.getChildren().get(0),
                        type.getChildren().get(1));
            case ROW -> fields((GenericRowData) value, type.getChildren());
            default -> value.toString();
        };
    }

    private static String elements(GenericArrayData array, LogicalType type) {
        return Arrays.stream(array.toObjectArray())
                .map(each -> of(each, type))
                .toList()
                .toString();
    }

    /**
     * @param count the type of the values of a map; null for a multiset, whose counts have no type of their own
     */
    private static String entries(GenericMapData map, LogicalType key, LogicalType count) {
        Map<String, String> entries = new TreeMap<>();
        Object[] keys = ((GenericArrayData) map.keyArray()).toObjectArray();
        Object[] values = ((GenericArrayData) map.valueArray()).toObjectArray();
        for (int i = 0; i < keys.length; i++) {
            String value = count == null ? values[i].toString() : of(values[i], count);
            entries.put(of(keys[i], key), value);
        }
        return entries.toString();
    }

    private static String fields(GenericRowData row, List<LogicalType> types) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < row.getArity(); i++) {
            fields.add(of(row.getField(i), types.get(i)));
        }
        return "(" + String.join(", ", fields) + ")";
    }
}
