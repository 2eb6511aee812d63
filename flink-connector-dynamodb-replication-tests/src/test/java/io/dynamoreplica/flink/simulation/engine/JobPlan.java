/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.engine;

import io.dynamoreplica.flink.protocol.TableRules;
import io.dynamoreplica.flink.simulation.engine.Downstream.Exchange;
import java.util.List;

/**
 * What a job is told once.
 *
 * @param pollMillis how long a shard rests after an answer without records
 * @param sinks how many there are with {@link Exchange#KEYED}
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
