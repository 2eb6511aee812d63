/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.junit.jupiter.api.Test;

/** The SQL that the README shows is planned here; what needs no call would be refused. */
class OrdersSqlTest {

    @Test
    void thePlannerTakesItAsItIs() {
        TableEnvironment flink =
                TableEnvironment.create(
                        EnvironmentSettings.newInstance().inStreamingMode().build());
        flink.getConfig().set("execution.checkpointing.interval", "10 s");
        flink.executeSql(
                """
                CREATE TABLE replica (
                    customer_id STRING,
                    order_id STRING,
                    status STRING,
                    total DECIMAL(12, 2),
                    city STRING,
                    tag_count INT,
                    PRIMARY KEY (customer_id, order_id) NOT ENFORCED
                ) WITH (
                    'connector' = 'jdbc',
                    'url' = 'jdbc:derby:memory:planned',
                    'table-name' = 'replica'
                )
                """);
        List<String> statements = SqlScript.resource("orders.sql", Map.of()).statements();

        assertThat(statements).hasSize(2);
        flink.executeSql(statements.get(0));
        assertThat(flink.explainSql(statements.get(1))).contains("default_database, orders");
    }
}
