/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.engine;

import io.dynamoreplica.flink.protocol.TableRules;
import io.dynamoreplica.flink.simulation.engine.Downstream.Exchange;
import java.util.List;

/**
 * The fixed settings of a job.
 *
 * @param pollMillis how long a shard rests after an answer without records
 * @param sinks the number of sinks with {@link Exchange#KEYED}
 */
public record JobPlan(List<TableRules> rules, long pollMillis, Exchange exchange, int sinks) {
    public JobPlan {
        rules = List.copyOf(rules);
    }

    public TableRules rules(String table) {
        return rules.stream()
                .filter(rule -> rule.table().equals(table))
                .findFirst()
                .orElseThrow();
    }
}
