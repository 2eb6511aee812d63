/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.job;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.service.TableDescription.KeyColumn;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The contents of a table, by key, in the form of the contents of a {@link Replica}. */
public final class TableContents {

    public static Map<Map<String, AttributeValue>, Map<String, AttributeValue>> of(FakeTable table) {
        List<String> keys = table.spec().keys().stream().map(KeyColumn::name).toList();
        return byKey(
                table.snapshot().values().stream().map(MapItem::materialise).toList(), keys);
    }

    /**
     * Converts the items of a table.
     *
     * @param keys names of the key attributes
     */
    public static Map<Map<String, AttributeValue>, Map<String, AttributeValue>> byKey(
            Collection<Map<String, AttributeValue>> items, List<String> keys) {
        Map<Map<String, AttributeValue>, Map<String, AttributeValue>> contents = new HashMap<>();
        for (Map<String, AttributeValue> item : items) {
            Map<String, AttributeValue> key = new HashMap<>(item);
            key.keySet().retainAll(keys);
            contents.put(key, item);
        }
        return contents;
    }

    /** Returns the contents of a replica of one table after these events of several tables. */
    public static Map<Map<String, AttributeValue>, Map<String, AttributeValue>> after(
            List<ChangeEvent> events, String table) {
        Map<Map<String, AttributeValue>, Map<String, AttributeValue>> contents = new HashMap<>();
        for (ChangeEvent event : events) {
            if (!event.table().equals(table)) {
                continue;
            } else if (event.operation() == Operation.REMOVE) {
                contents.remove(event.keys().materialise());
            } else {
                contents.put(event.keys().materialise(), event.after().materialise());
            }
        }
        return contents;
    }

    private TableContents() {}
}
