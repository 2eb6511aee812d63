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

/** The comparison of the tables in a checkpoint with the configured tables. */
final class RestoredTables {

    private static final Logger LOG = LoggerFactory.getLogger(RestoredTables.class);

    private final EnumeratorState restored;
    private final Map<String, TableRules> configured = new LinkedHashMap<>();

    RestoredTables(EnumeratorState restored, Collection<TableRules> configured) {
        this.restored = restored;
        configured.forEach(rule -> this.configured.put(rule.table(), rule));
    }

    /** Returns the tables that continue as they were. */
    List<TableState> unchanged() {
        return restored.tables().values().stream()
                .filter(table -> configured.containsKey(table.table())
                        && !configured.get(table.table()).startRequest().restarts(table.startRequest()))
                .toList();
    }

    /** Returns, for each table that is no longer replicated, its last epoch. */
    Map<String, Long> retired() {
        Map<String, Long> retired = new LinkedHashMap<>(restored.retired());
        restored.tables().forEach((name, table) -> retired.put(name, table.epoch()));
        retired.keySet().removeAll(configured.keySet());
        return retired;
    }

    /** Logs every difference. */
    void log() {
        renewed().forEach(LOG::warn);
        leftAndBegun().forEach(LOG::info);
    }

    /** Returns a message for each table that is configured in another way than in the checkpoint, and begins again. */
    List<String> renewed() {
        List<String> notes = new ArrayList<>();
        for (TableState table : restored.tables().values()) {
            TableRules rules = configured.get(table.table());
            if (rules == null || !rules.startRequest().restarts(table.startRequest())) {
                continue;
            }
            notes.add(renewal(table, rules));
        }
        return notes;
    }

    private static String renewal(TableState table, TableRules rules) {
        if (rules.start() == table.start()) {
            return "Table %s has another reset token than in the savepoint. Its replication begins again."
                    .formatted(table.table());
        }
        return "Table %s began in startup mode %s and is now configured for %s. Its replication begins again."
                .formatted(table.table(), table.start(), rules.start());
    }

    /** Returns a message for each table that is only in the checkpoint or only configured. */
    List<String> leftAndBegun() {
        List<String> notes = new ArrayList<>();
        for (String name : restored.tables().keySet()) {
            if (!configured.containsKey(name)) {
                notes.add(
                        "Table %s is in the savepoint and no longer configured. Its state is dropped.".formatted(name));
            }
        }
        if (!restored.tables().isEmpty()) {
            configured.keySet().stream()
                    .filter(name -> !restored.tables().containsKey(name))
                    .forEach(name -> notes.add("Table %s is new. Its replication begins.".formatted(name)));
        }
        return notes;
    }
}
