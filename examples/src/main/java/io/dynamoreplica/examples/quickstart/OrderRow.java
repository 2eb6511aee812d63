/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.examples.quickstart;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An order in the columns of the replica. It is either read from the replica or computed from the item.
 *
 * @param columns by name, null where the item has no such attribute; decimals compare by value
 */
record OrderRow(OrderKey key, Map<String, Object> columns) {

    OrderRow {
        Map<String, Object> comparable = new LinkedHashMap<>();
        columns.forEach((name, value) -> comparable.put(name, byValue(value)));
        columns = comparable;
    }

    /**
     * Computes the row that the query in {@code quickstart.sql} should give for an item, without
     * Flink and without the connector.
     */
    static OrderRow expected(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> address = item.get("address").m();
        List<AttributeValue> lines = item.get("line_items").l();
        Map<String, AttributeValue> firstLine = lines.get(0).m();
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("status", item.get("status").s());
        columns.put("total", decimal(item.get("total")));
        columns.put("gift", item.containsKey("gift") ? item.get("gift").bool() : null);
        columns.put("city", address.get("city").s());
        columns.put("country", address.get("country").s());
        columns.put("line_count", lines.size());
        columns.put("first_sku", firstLine.get("sku").s());
        columns.put(
                "first_line_amount", decimal(firstLine.get("unit_price")).multiply(decimal(firstLine.get("quantity"))));
        columns.put("tags", item.containsKey("tags") ? sorted(item.get("tags").ss()) : null);
        columns.put("updated_at", Long.valueOf(item.get("updated_at").n()));
        return new OrderRow(OrderKey.of(item), columns);
    }

    private static BigDecimal decimal(AttributeValue number) {
        return new BigDecimal(number.n());
    }

    private static String sorted(List<String> tags) {
        return tags.stream().sorted().collect(Collectors.joining(","));
    }

    private static Object byValue(Object value) {
        return value instanceof BigDecimal decimal ? decimal.stripTrailingZeros() : value;
    }
}
