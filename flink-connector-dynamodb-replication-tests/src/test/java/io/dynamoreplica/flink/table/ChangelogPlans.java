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
 * What stands between the source and an upsert sink in the plan of a statement. Plans alone are
 * looked at, so any Flink on whose class path the connector is will do.
 */
final class ChangelogPlans {

    private static final String NORMALIZE = "ChangelogNormalize";
    private static final String EXCHANGE = "Exchange";

    private final TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());

    ChangelogPlans() {
        tables.getConfig().set("execution.checkpointing.interval", "30 s");
    }

    /**
     * @param deletes value of {@code changelog.deletes}; empty for none
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
     * Whether this Flink can leave {@code ChangelogNormalize} out behind a source that upserts: it
     * does so since 2.1 (FLIP-510).
     */
    static boolean canDoWithoutNormalize() {
        String[] version = EnvironmentInformation.getVersion().split("\\.");
        int major = Integer.parseInt(version[0]);
        return major > 2 || (major == 2 && Integer.parseInt(version[1]) >= 1);
    }

    /** From source to sink without a state and without an exchange, where this Flink can. */
    void assertDirect(String query) {
        if (canDoWithoutNormalize()) {
            assertThat(plan(query))
                    .contains("TableSourceScan", "changelogMode=[I,UA,D]")
                    .doesNotContain(NORMALIZE, EXCHANGE, "Materialize");
        } else {
            assertNormalized(query);
        }
    }

    /** With the operator that keeps the table, behind an exchange. */
    void assertNormalized(String query) {
        assertThat(plan(query)).contains("TableSourceScan", NORMALIZE, EXCHANGE);
    }

    String plan(String query) {
        return tables.explainSql("INSERT INTO target " + query, ExplainDetail.CHANGELOG_MODE);
    }
}
