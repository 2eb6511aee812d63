/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForGap;
import io.dynamoreplica.flink.protocol.ProtocolAction.Remedy;
import io.dynamoreplica.flink.protocol.TableState;
import io.dynamoreplica.flink.protocol.TableState.Identity;
import io.dynamoreplica.flink.split.GapCause;
import java.util.Collection;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.MetricGroup;

/**
 * The ids of the tables that a job has begun to copy once, over all of its enumerators.
 *
 * <p>A job that fails over before its first checkpoint has a new enumerator without state, which
 * copies the table from the beginning. If the table was deleted and made anew meanwhile, the target
 * already holds rows of the former one, and the new copy would end as if it were the only one. Such
 * a job fails instead. Flink's metric group lasts as long as the job; see decision 0029.
 */
final class CopiedTables {

    /** By the group of an enumerator, the id by table name. Guarded by itself. */
    private static final Map<MetricGroup, Map<String, String>> BEGUN = new WeakHashMap<>();

    private final Map<String, String> begun;

    private CopiedTables(Map<String, String> begun) {
        this.begun = begun;
    }

    /** Those of an enumerator and of all before it, as {@link LastingMetrics} finds them. */
    static CopiedTables of(MetricGroup enumerator) {
        MetricGroup lasting = enumerator.addGroup("dynamodb");
        synchronized (BEGUN) {
            return new CopiedTables(BEGUN.computeIfAbsent(lasting, first -> new ConcurrentHashMap<>()));
        }
    }

    /**
     * Remembers what is copied.
     *
     * @throws ReplicationStoppedException if an earlier attempt of the job has copied another table
     *     of the same name
     */
    void look(Collection<TableState> tables) {
        tables.stream()
                .filter(table -> table.start() == StartupMode.SNAPSHOT)
                .filter(table -> !table.identity().equals(Identity.UNKNOWN))
                .forEach(this::look);
    }

    private void look(TableState table) {
        String now = table.identity().tableId();
        String before = begun.putIfAbsent(table.table(), now);
        if (before != null && !before.equals(now)) {
            throw ReplicationStoppedException.forGap(new FailForGap(
                    table.table(),
                    GapCause.REPLACED,
                    "An earlier attempt of this job has copied rows of the table with the id "
                            + before
                            + "; after a failure without a checkpoint the copy began anew, of the table with the id "
                            + now,
                    Remedy.RUN_AGAIN));
        }
    }
}
