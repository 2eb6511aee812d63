/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.policy.StartupMode;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.ValidationException;
import org.assertj.core.util.Throwables;

/** Declarations of a table {@code orders} that are planned in a session. Each one is accepted or refused. */
record Declarations(TableEnvironment tables) {

    static final String KEYED = "id STRING, total INT, PRIMARY KEY (id) NOT ENFORCED";

    /** Returns the option of a startup mode, with a schedule if the mode needs one. */
    static String in(StartupMode mode) {
        String schedule = mode == StartupMode.FULL_TABLE ? ", 'scan.full-table.interval' = '1 h'" : "";
        return ", 'scan.startup.mode' = '" + mode + "'" + schedule;
    }

    void assertTaken(String columns, String options) {
        assertThatCode(() -> plan(columns, options)).doesNotThrowAnyException();
    }

    void assertRefused(String columns, String options, String... says) {
        assertThatThrownBy(() -> plan(columns, options))
                .isInstanceOf(ValidationException.class)
                .satisfies(error -> assertThat(innermost(error))
                        .startsWith("Table default_catalog.default_database.orders (DynamoDB table 'orders-eu'): ")
                        .contains(says));
    }

    void plan(String columns, String options) {
        tables.executeSql("DROP TABLE IF EXISTS orders");
        tables.executeSql(
                "CREATE TABLE orders (%s) WITH ('connector' = 'dynamodb-replication', 'table-name' = 'orders-eu'%s)"
                        .formatted(columns, options));
        tables.explainSql("SELECT * FROM orders");
    }

    /** Returns the only message that a SQL client shows. */
    static String innermost(Throwable error) {
        return Throwables.getRootCause(error).getMessage();
    }
}
