/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.checker;

import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.protocol.TableRules.Start;
import io.dynamoreplica.flink.protocol.TableState;
import io.dynamoreplica.flink.simulation.engine.Element.Row;
import io.dynamoreplica.flink.simulation.engine.Job;
import io.dynamoreplica.flink.simulation.engine.Replicated;
import io.dynamoreplica.flink.split.ItemKey;
import java.util.HashMap;
import java.util.Map;

/**
 * P1: when writes stop, the replica equals the table, once rows of older epochs are removed. A
 * start that copies nothing knows only the items that changed since.
 */
public final class Convergence implements Checker {

    @Override
    public void atEnd(Job job) {
        Map<Row, Replicated> replica = job.downstream().replica();
        for (TableState table : job.coordinator().tables().values()) {
            if (table.start() != Start.SNAPSHOT) {
                compare(job, table, replica);
            }
        }
    }

    private void compare(Job job, TableState table, Map<Row, Replicated> replica) {
        Map<ItemKey, MapItem> contents = job.world().contents(table.table());
        Map<ItemKey, MapItem> rows = new HashMap<>();
        Map<ItemKey, Boolean> known = new HashMap<>();
        replica.forEach(
                (row, replicated) -> {
                    if (row.table().equals(table.table())
                            && replicated.last().epoch() == table.epoch()) {
                        known.put(row.key(), true);
                        replicated.last().image().ifPresent(item -> rows.put(row.key(), item));
                    }
                });
        if (!table.start().scans()) {
            contents.keySet().retainAll(known.keySet());
        }
        expect(rows.equals(contents), difference(table, rows, contents));
    }

    private static String difference(
            TableState table, Map<ItemKey, MapItem> rows, Map<ItemKey, MapItem> contents) {
        StringBuilder difference = new StringBuilder(table.table());
        contents.forEach(
                (key, item) -> {
                    if (!item.equals(rows.get(key))) {
                        difference
                                .append(" has ")
                                .append(item)
                                .append(", not ")
                                .append(rows.get(key));
                    }
                });
        rows.forEach(
                (key, item) -> {
                    if (!contents.containsKey(key)) {
                        difference.append(" has no ").append(item);
                    }
                });
        return difference.toString();
    }
}
