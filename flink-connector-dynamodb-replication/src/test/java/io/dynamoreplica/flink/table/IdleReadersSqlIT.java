/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.dynamoreplica.flink.testing.fake.CallKind;
import io.dynamoreplica.flink.testing.job.Eventually;
import io.dynamoreplica.flink.testing.job.WireTable;
import io.dynamoreplica.flink.testing.wire.WireDynamoDb;
import java.time.Duration;
import java.util.stream.Collectors;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Event time in SQL with more readers than shards. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IdleReadersSqlIT {

    private static final int ITEMS = 30;

    @Test
    void windowsEndWhereMostReadersOnlyCopied() throws Exception {
        // Later versions cannot plan WATERMARK FOR without the push-down of watermarks.
        assumeThat(EnvironmentInformation.getVersion()).startsWith("1.");
        try (WireDynamoDb wire = WireDynamoDb.start()) {
            WireTable orders = WireTable.create(wire, "orders", 1).load(0, ITEMS, 1);
            wire.db().clock().advance(Duration.ofHours(1));
            TableEnvironment sql = environment();
            declare(sql, wire);
            try (CloseableIterator<Row> windows =
                    sql.executeSql(
                                    "SELECT TUMBLE_START(event_time, INTERVAL '1' HOUR), COUNT(*)"
                                            + " FROM orders GROUP BY TUMBLE(event_time, INTERVAL '1' HOUR)")
                            .collect()) {
                Eventually.holds(
                        "the stream is read", () -> wire.db().calls().count(CallKind.RECORDS) > 0);
                for (int version = 2; version <= 4; version++) {
                    wire.db().clock().advance(Duration.ofHours(2));
                    orders.load(0, ITEMS, version);
                }
                assertThat(windows.next().<Long>getFieldAs(1)).isPositive();
            }
        }
    }

    private static TableEnvironment environment() {
        TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        sql.getConfig().set("parallelism.default", "3");
        sql.getConfig().set("execution.checkpointing.interval", "200 ms");
        sql.getConfig().set("table.exec.source.idle-timeout", "1 s");
        return sql;
    }

    private static void declare(TableEnvironment sql, WireDynamoDb wire) {
        String options =
                wire.awsOptions().entrySet().stream()
                        .map(option -> "'%s' = '%s'".formatted(option.getKey(), option.getValue()))
                        .collect(Collectors.joining(", "));
        sql.executeSql(
                """
                CREATE TABLE orders (
                  id STRING,
                  version INT,
                  event_time TIMESTAMP_LTZ(3) NOT NULL METADATA FROM 'event-time' VIRTUAL,
                  WATERMARK FOR event_time AS event_time,
                  PRIMARY KEY (id) NOT ENFORCED
                ) WITH ('connector' = 'dynamodb-replication', 'table-name' = 'orders',
                  'scan.snapshot.total-segments' = '6', 'scan.stream.poll-interval' = '100 ms',
                  'scan.stream.discovery-interval' = '1 s', %s)"""
                        .formatted(options));
    }
}
