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
 * The options of one declared table, parsed. What the planner decides comes later.
 *
 * @param parsed a configuration of one table, with all that its declaration takes of an item
 * @param conversion how values become columns
 * @param changelog of which kinds the rows are
 * @param parallelism of the source; empty for the job's
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

    /** What the declaration takes of an item. */
    Projection projection() {
        return parsed.tables().get(0).projection();
    }

    /** The configuration for the part of an item that a query needs. */
    ReplicationConfig config(Projection projection, List<DeclaredKeyColumn> declaredKey) {
        TableConfig table = parsed.tables().get(0).with(projection, declaredKey, changelog.needsOldImages());
        return new ReplicationConfig(List.of(table), parsed.job());
    }
}
