/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.testing.Eventually;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.WireTable;
import io.dynamoreplica.flink.testing.wire.WireDynamoDb;
import io.dynamoreplica.flink.testing.wire.WireOperation;
import io.dynamoreplica.flink.testing.wire.WireRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Windows on a table with one shard that three readers have copied. Two of the readers have no shard
 * afterwards. They never emitted a watermark, because they have read only scanned rows.
 */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WindowsIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    private static final int ITEMS = 30;

    /** The check before the copy reads records too, but only once. */
    private static final int POLLS = 6;

    private static final Instant COPIED = Instant.parse("2025-03-01T13:00:00Z");

    /** The SQL forms of a window. */
    enum Query {
        TABLE_FUNCTION(
                """
                SELECT CAST(window_start AS STRING), COUNT(*) FROM TABLE(
                  TUMBLE(TABLE orders, DESCRIPTOR(event_time), INTERVAL '1' HOUR))
                GROUP BY window_start, window_end"""),
        GROUP_WINDOW(
                """
                SELECT CAST(TUMBLE_START(event_time, INTERVAL '1' HOUR) AS STRING), COUNT(*)
                FROM orders GROUP BY TUMBLE(event_time, INTERVAL '1' HOUR)""");

        private final String text;

        Query(String text) {
            this.text = text;
        }
    }

    @ParameterizedTest(name = "{0}, idle timeout {1}")
    @CsvSource({
        "TABLE_FUNCTION, 0 ms",
        "TABLE_FUNCTION, 1 s",
        "GROUP_WINDOW, 0 ms",
        "GROUP_WINDOW, 1 s",
    })
    void windowsCloseWhileTwoOfThreeReadersHoldNoShard(Query query, String idleTimeout) throws Exception {
        try (WireDynamoDb wire = WireDynamoDb.start()) {
            wire.db().clock().set(COPIED.minus(Duration.ofHours(1)));
            WireTable orders = WireTable.create(wire, "orders", 1).load(0, ITEMS, 1);
            wire.db().clock().set(COPIED);
            TableEnvironment tables = tables(wire, idleTimeout);
            String sink = UUID.randomUUID().toString();
            JobClient job = tables.executeSql("INSERT INTO %s %s".formatted(declared(tables, sink), query.text))
                    .getJobClient()
                    .orElseThrow();
            CompletableFuture<JobExecutionResult> end = job.getJobExecutionResult();
            try {
                windowsClose(wire, orders, sink, end);
            } finally {
                job.cancel();
                Eventually.holds("the job has ended", end::isDone);
                KeptRows.forget(Set.of(sink));
            }
        }
    }

    /** New items arrive every two hours. They close the window of the items before. */
    private static void windowsClose(WireDynamoDb wire, WireTable orders, String sink, CompletableFuture<?> end) {
        Eventually.holds(
                "the stream is read",
                () -> end.isDone() || wire.count(WireRequest.of(WireOperation.GET_RECORDS)) >= POLLS);
        List<String> closed = new ArrayList<>();
        for (String window : List.of("13", "15", "17")) {
            wire.db().clock().advance(Duration.ofHours(2));
            int from = (closed.size() + 1) * ITEMS;
            orders.load(from, from + ITEMS, 1);
            closed.add("2025-03-01 " + window + ":00:00.000, " + ITEMS);
            Eventually.holds(
                    "the windows are closed",
                    () -> end.isDone() || KeptRows.in(sink).size() >= closed.size());
            assertThat(end).isNotDone();
            assertThat(KeptRows.in(sink)).containsExactlyInAnyOrderElementsOf(closed);
        }
    }

    private static TableEnvironment tables(WireDynamoDb wire, String idleTimeout) {
        TableEnvironment tables = StreamTableEnvironment.create(
                FLINK.environment(new Configuration()), EnvironmentSettings.inStreamingMode());
        tables.getConfig().set("parallelism.default", "3");
        tables.getConfig().set("table.local-time-zone", "UTC");
        tables.getConfig().set("execution.checkpointing.interval", "200 ms");
        tables.getConfig().set("restart-strategy.type", "none");
        tables.getConfig().set("table.exec.source.idle-timeout", idleTimeout);
        String aws = wire.awsOptions().entrySet().stream()
                .map(option -> "'%s' = '%s'".formatted(option.getKey(), option.getValue()))
                .collect(Collectors.joining(", "));
        tables.executeSql(
                """
                CREATE TABLE orders (
                  id STRING,
                  version INT,
                  event_time TIMESTAMP_LTZ(3) METADATA FROM 'event-time' VIRTUAL,
                  WATERMARK FOR event_time AS event_time,
                  PRIMARY KEY (id) NOT ENFORCED
                ) WITH (
                  'connector' = 'dynamodb-replication',
                  'table-name' = 'orders',
                  'scan.snapshot.total-segments' = '6',
                  'scan.snapshot.segments-per-reader' = '1',
                  'scan.stream.poll-interval' = '100 ms',
                  %s
                )"""
                        .formatted(aws));
        return tables;
    }

    /** Declares the sink of the windows, and returns its name. */
    private static String declared(TableEnvironment tables, String sink) {
        tables.executeSql(
                "CREATE TABLE windows (begins STRING, items BIGINT) WITH ('connector' = 'kept-rows', 'id' = '%s')"
                        .formatted(sink));
        return "windows";
    }
}
