/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.config.ConversionConfig;
import io.dynamoreplica.flink.config.DeclaredKeyColumn;
import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.config.ReplicationConfig.TableConfig;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.projection.Projection;
import java.util.List;
import java.util.Optional;

/**
 * The parsed options of one declared table, before the planner pushes anything down.
 *
 * @param parsed the configuration of this one table, with the part of an item that the declaration selects
 * @param conversion how values become columns
 * @param changelog the kinds of the rows
 * @param parallelism the parallelism of the source; empty for the job's parallelism
 */
record TableReplication(
        ReplicationConfig parsed,
        ConversionConfig conversion,
        DeclaredChangelog changelog,
        Optional<Integer> parallelism) {

    String table() {
        return parsed.tables().get(0).table();
    }

    StartupMode startup() {
        return parsed.tables().get(0).startup();
    }

    /** Returns the part of an item that the declaration selects. */
    Projection projection() {
        return parsed.tables().get(0).projection();
    }

    /** Returns the configuration for the part of an item that a query needs. */
    ReplicationConfig config(Projection projection, List<DeclaredKeyColumn> declaredKey) {
        TableConfig table = parsed.tables().get(0).with(projection, declaredKey, changelog.needsOldImages());
        return new ReplicationConfig(List.of(table), parsed.job());
    }
}
