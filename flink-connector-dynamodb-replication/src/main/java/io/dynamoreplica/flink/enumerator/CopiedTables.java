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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ids of the tables whose only copy has begun in this job, over all of its enumerators.
 *
 * <p>If a job fails over before its first checkpoint, the next enumerator has no state and begins the copy again.
 * If the table was deleted and created again meanwhile, the target already holds rows of the former table, and
 * the job would finish as if there were only the new one. Such a job fails instead. See decision 0029.
 */
final class CopiedTables {

    /** By table name. The enumerators of a job can have different threads. */
    private final Map<String, String> ids = new ConcurrentHashMap<>();

    /**
     * Remembers the id of a table that was just described.
     *
     * @throws ReplicationStoppedException if an earlier attempt of the job has copied another table of the same
     *     name
     */
    void described(TableState table) {
        if (table.start() != StartupMode.SNAPSHOT || table.identity().equals(Identity.UNKNOWN)) {
            return;
        }
        String id = table.identity().tableId();
        String earlier = ids.putIfAbsent(table.table(), id);
        if (earlier != null && !earlier.equals(id)) {
            throw ReplicationStoppedException.forGap(
                    new FailForGap(table.table(), GapCause.REPLACED, replaced(earlier, id), Remedy.RUN_AGAIN));
        }
    }

    private static String replaced(String earlier, String id) {
        return """
                An earlier attempt of this job copied rows of the table with the id %s. Then the job failed before its \
                first checkpoint, and the copy began again, from the table with the id %s"""
                .formatted(earlier, id);
    }
}
