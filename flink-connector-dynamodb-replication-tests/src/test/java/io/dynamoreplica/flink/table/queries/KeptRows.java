/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table.queries;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/** The rows that one sink holds. A MiniCluster runs in this JVM, so a test finds them by name. */
final class KeptRows {

    private static final Map<String, KeptRows> BY_ID = new ConcurrentHashMap<>();

    private final int[] key;

    /** The rows by key, for a sink with a key. Guarded by this. */
    private final Map<Row, String> byKey = new HashMap<>();

    /** The number of each row, for a sink without a key. Guarded by this. */
    private final Map<String, Integer> counts = new HashMap<>();

    private KeptRows(int[] key) {
        this.key = key;
    }

    /**
     * @param key positions of the key columns; empty for a sink without a key
     */
    static KeptRows of(String id, int[] key) {
        return BY_ID.computeIfAbsent(id, unseen -> new KeptRows(key));
    }

    /** Returns the kept rows. A row that was kept twice is in the list twice. */
    static List<String> in(String id) {
        KeptRows kept = BY_ID.get(id);
        return kept == null ? List.of() : kept.rows();
    }

    static void forget(Set<String> ids) {
        BY_ID.keySet().removeAll(new HashSet<>(ids));
    }

    synchronized void apply(Row change) {
        boolean removes = change.getKind() == RowKind.DELETE || change.getKind() == RowKind.UPDATE_BEFORE;
        String text = textOf(change);
        if (key.length == 0) {
            counts.merge(text, removes ? -1 : 1, Integer::sum);
        } else if (removes) {
            byKey.remove(keyOf(change));
        } else {
            byKey.put(keyOf(change), text);
        }
    }

    /** Rows of different kinds are not equal. */
    private Row keyOf(Row change) {
        Row values = Row.project(change, key);
        values.setKind(RowKind.INSERT);
        return values;
    }

    private synchronized List<String> rows() {
        List<String> rows = new ArrayList<>(byKey.values());
        counts.forEach((row, count) -> {
            for (int i = 0; i < count; i++) {
                rows.add(row);
            }
        });
        return rows;
    }

    /** Returns the row without the kind of its change. */
    private static String textOf(Row change) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < change.getArity(); i++) {
            fields.add(String.valueOf(change.getField(i)));
        }
        return String.join(", ", fields);
    }
}
