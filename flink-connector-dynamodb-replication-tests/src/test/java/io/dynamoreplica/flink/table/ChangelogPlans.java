/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.ExplainDetail;
import org.apache.flink.table.api.TableEnvironment;

/**
 * The operators between the source and an upsert sink in the plan of a statement. Only plans are checked,
 * so this works with every Flink version that has the connector on its class path.
 */
final class ChangelogPlans {

    private static final String NORMALIZE = "ChangelogNormalize";
    private static final String EXCHANGE = "Exchange";

    private final TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());

    ChangelogPlans() {
        tables.getConfig().set("execution.checkpointing.interval", "30 s");
    }

    /**
     * @param deletes the value of {@code changelog.deletes}; empty if the option is not set
     */
    static ChangelogPlans with(String deletes) {
        ChangelogPlans plans = new ChangelogPlans();
        plans.tables.executeSql(
                """
                CREATE TABLE orders (
                  id STRING,
                  total INT,
                  note STRING,
                  doubled AS total * 2,
                  epoch BIGINT METADATA VIRTUAL,
                  changed_at TIMESTAMP_LTZ(3) METADATA FROM 'event-time' VIRTUAL,
                  PRIMARY KEY (id) NOT ENFORCED
                ) WITH (
                  'connector' = 'dynamodb-replication',
                  'table-name' = 'orders-eu'%s
                )"""
                        .formatted(deletes.isEmpty() ? "" : ", 'changelog.deletes' = '" + deletes + "'"));
        plans.target("target", "id STRING, total BIGINT");
        return plans;
    }

    private void target(String name, String columns) {
        tables.executeSql("CREATE TABLE %s (%s, PRIMARY KEY (id) NOT ENFORCED) WITH ('connector' = 'upsert-target')"
                .formatted(name, columns));
    }

    /**
     * Returns whether this Flink can omit {@code ChangelogNormalize} after an upsert source, which it does
     * since 2.1 (FLIP-510).
     */
    static boolean canDoWithoutNormalize() {
        String[] version = EnvironmentInformation.getVersion().split("\\.");
        int major = Integer.parseInt(version[0]);
        return major > 2 || (major == 2 && Integer.parseInt(version[1]) >= 1);
    }

    /** Asserts that the plan has no state and no exchange between source and sink, if this Flink can omit them. */
    void assertDirect(String query) {
        if (canDoWithoutNormalize()) {
            assertThat(plan(query))
                    .contains("TableSourceScan", "changelogMode=[I,UA,D]")
                    .doesNotContain(NORMALIZE, EXCHANGE, "Materialize");
        } else {
            assertNormalized(query);
        }
    }

    /** Asserts that the plan has the operator that keeps the table, after an exchange. */
    void assertNormalized(String query) {
        assertThat(plan(query)).contains("TableSourceScan", NORMALIZE, EXCHANGE);
    }

    String plan(String query) {
        return tables.explainSql("INSERT INTO target " + query, ExplainDetail.CHANGELOG_MODE);
    }
}
