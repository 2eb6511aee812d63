/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.ValidationException;
import org.junit.jupiter.api.Test;

class SpeculativeExecutionRuleTest {

    private static final String ENABLED = "execution.batch.speculative.enabled";

    @Test
    void aBatchQueryIsRefusedWhenItIsPlanned() {
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        tables.getConfig().set(ENABLED, "true");
        tables.executeSql("CREATE TABLE orders (id STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ("
                + "'connector' = 'dynamodb-replication', 'table-name' = 'orders', 'aws.region' = 'eu-central-1',"
                + " 'scan.startup.mode' = 'snapshot')");

        assertThatThrownBy(() -> tables.explainSql("SELECT id FROM orders"))
                .hasStackTraceContaining("orders")
                .hasStackTraceContaining("'" + ENABLED + "' = 'false'");

        tables.getConfig().set(ENABLED, "false");
        assertThatCode(() -> tables.explainSql("SELECT id FROM orders")).doesNotThrowAnyException();
    }

    @Test
    void aStreamingQueryHasNoSuchAttempts() {
        assertThatCode(() -> SpeculativeExecutionRule.refuse(session("STREAMING")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> SpeculativeExecutionRule.refuse(session("BATCH")))
                .isInstanceOf(ValidationException.class);
    }

    private static Configuration session(String mode) {
        return Configuration.fromMap(Map.of("execution.runtime-mode", mode, ENABLED, "true"));
    }
}
