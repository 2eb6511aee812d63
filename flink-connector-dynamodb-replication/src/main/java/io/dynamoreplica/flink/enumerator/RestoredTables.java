/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.protocol.EnumeratorState;
import io.dynamoreplica.flink.protocol.TableRules;
import io.dynamoreplica.flink.protocol.TableState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the tables of a checkpoint and the configured ones differ, and what that leads to. */
final class RestoredTables {

    private static final Logger LOG = LoggerFactory.getLogger(RestoredTables.class);

    private final EnumeratorState restored;
    private final Map<String, TableRules> configured = new LinkedHashMap<>();

    RestoredTables(EnumeratorState restored, Collection<TableRules> configured) {
        this.restored = restored;
        configured.forEach(rule -> this.configured.put(rule.table(), rule));
    }

    /** Those that go on as they were. */
    List<TableState> unchanged() {
        return restored.tables().values().stream()
                .filter(table -> configured.containsKey(table.table())
                        && !configured.get(table.table()).startRequest().renews(table.startRequest()))
                .toList();
    }

    /** By table that is not replicated any more, its last epoch. */
    Map<String, Long> retired() {
        Map<String, Long> retired = new LinkedHashMap<>(restored.retired());
        restored.tables().forEach((name, table) -> retired.put(name, table.epoch()));
        retired.keySet().removeAll(configured.keySet());
        return retired;
    }

    /** Nothing of this goes without saying. */
    void log() {
        renewed().forEach(LOG::warn);
        leftAndBegun().forEach(LOG::info);
    }

    /**
     * Of each table that goes on under the same name but not as it was, what it says in the log.
     */
    List<String> renewed() {
        List<String> notes = new ArrayList<>();
        for (TableState table : restored.tables().values()) {
            TableRules rules = configured.get(table.table());
            if (rules == null || !rules.startRequest().renews(table.startRequest())) {
                continue;
            }
            notes.add(
                    rules.start() != table.start()
                            ? "Table %s was begun in startup mode %s and is configured for %s: it is replicated anew."
                                    .formatted(table.table(), table.start(), rules.start())
                            : "Table %s has another reset token than in the savepoint: it is replicated anew."
                                    .formatted(table.table()));
        }
        return notes;
    }

    /**
     * Of each table that the checkpoint or the configuration has alone, what it says in the log.
     */
    List<String> leftAndBegun() {
        List<String> notes = new ArrayList<>();
        for (String name : restored.tables().keySet()) {
            if (!configured.containsKey(name)) {
                notes.add(
                        "Table %s is in the savepoint and no longer configured: its state is dropped.".formatted(name));
            }
        }
        if (!restored.tables().isEmpty()) {
            configured.keySet().stream()
                    .filter(name -> !restored.tables().containsKey(name))
                    .forEach(name -> notes.add("Table %s is new: it is begun.".formatted(name)));
        }
        return notes;
    }
}
