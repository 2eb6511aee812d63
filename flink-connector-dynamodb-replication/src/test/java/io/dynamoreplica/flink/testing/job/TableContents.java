/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.job;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.service.TableDescription.KeyColumn;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a table holds, by key, in the form in which a {@link Replica} holds it. */
public final class TableContents {

    public static Map<Map<String, AttributeValue>, Map<String, AttributeValue>> of(
            FakeTable table) {
        List<String> keys = table.spec().keys().stream().map(KeyColumn::name).toList();
        return byKey(table.snapshot().values().stream().map(MapItem::materialise).toList(), keys);
    }

    /**
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

    private TableContents() {}
}
