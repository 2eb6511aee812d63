/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table.queries;

import static io.dynamoreplica.flink.table.queries.Variant.BATCH;
import static io.dynamoreplica.flink.table.queries.Variant.COPY;
import static io.dynamoreplica.flink.table.queries.Variant.COPY_REUSING_OBJECTS;
import static io.dynamoreplica.flink.table.queries.Variant.FOLLOW;
import static io.dynamoreplica.flink.table.queries.Variant.FOLLOW_REUSING_OBJECTS;

import java.util.List;

/** The cases on tables with a watermark. */
final class EventTimeCases {

    private static final String ORDERS_TIMED =
            """
            CREATE TABLE orders_timed (
              changed_at TIMESTAMP_LTZ(3) METADATA FROM 'event-time' VIRTUAL,
              epoch BIGINT METADATA VIRTUAL,
              WATERMARK FOR changed_at AS changed_at - INTERVAL '5' SECOND
            ) LIKE orders (EXCLUDING METADATA)""";

    private static final String CUSTOMERS_TIMED =
            """
            CREATE TABLE customers_timed (
              changed_at TIMESTAMP_LTZ(3) METADATA FROM 'event-time' VIRTUAL,
              WATERMARK FOR changed_at AS changed_at
            ) LIKE customers""";

    /**
     * The times are not in the order of a Scan. A row that may move the watermark moves it immediately, and
     * then every row of an earlier hour is late.
     */
    private static final String ORDERS_DUE =
            """
            CREATE TABLE orders_due (
              due AS TO_TIMESTAMP_LTZ(order_id * 3600, 0),
              WATERMARK FOR due AS due
            ) WITH ('scan.watermark.emit.strategy' = 'on-event') LIKE orders""";

    private static final String COUNTED_BY_HOUR_DUE =
            "SELECT TUMBLE_START(due, INTERVAL '1' HOUR) AS due_from, COUNT(*) FROM orders_due GROUP BY TUMBLE(due, INTERVAL '1' HOUR)";

    private EventTimeCases() {}

    static List<QueryCase> all() {
        return List.of(
                QueryCase.named("no window, two sinks, the event time in one")
                        .declaring(ORDERS_TIMED)
                        .upserting(
                                List.of("customer_id", "order_id"),
                                "SELECT customer_id, order_id, total FROM orders_timed",
                                "ann, 1, 10.00",
                                "ann, 2, 20.50",
                                "bob, 2, 1.00",
                                "eve, 3, 5.00",
                                "zoe, 9, 1.00")
                        .giving(
                                "SELECT order_id, CAST(changed_at AS STRING), epoch FROM orders_timed WHERE city = 'Ulm'",
                                "2, 2025-03-01 13:00:00.000, " + OrdersShop.EPOCH)
                        .inAllVariants(),
                QueryCase.named("group by window, over changes")
                        .declaring(ORDERS_TIMED)
                        .giving(
                                "SELECT TUMBLE_START(changed_at, INTERVAL '1' MINUTE), COUNT(*), SUM(total) FROM orders_timed GROUP BY TUMBLE(changed_at, INTERVAL '1' MINUTE)",
                                "2025-03-01T13:00, 2, 21.50",
                                "2025-03-01T13:01, 2, 15.00")
                        .in(FOLLOW, FOLLOW_REUSING_OBJECTS),
                QueryCase.named("windows, with options of the table")
                        .declaring(ORDERS_TIMED)
                        .giving(
                                """
                                SELECT CAST(window_start AS STRING), COUNT(*) FROM TABLE(
                                  TUMBLE(TABLE orders_aligned, DESCRIPTOR(changed_at), INTERVAL '1' MINUTE))
                                GROUP BY window_start, window_end""",
                                "2025-03-01 13:00:00.000, 5")
                        .declaring(
                                """
                                CREATE TABLE orders_aligned WITH (
                                  'scan.watermark.alignment.group' = 'shop',
                                  'scan.watermark.alignment.max-drift' = '1 min',
                                  'scan.watermark.idle-timeout' = '1 min',
                                  'scan.parallelism' = '1'
                                ) LIKE orders_timed""")
                        .in(COPY, COPY_REUSING_OBJECTS, BATCH),
                QueryCase.named("windows of a time that no Scan is ordered by")
                        .declaring(ORDERS_DUE)
                        .giving(
                                COUNTED_BY_HOUR_DUE,
                                "1970-01-01T01:00, 1",
                                "1970-01-01T02:00, 2",
                                "1970-01-01T03:00, 1",
                                "1970-01-01T09:00, 1")
                        .in(COPY),
                QueryCase.named("windows of such a time, over changes")
                        .declaring(ORDERS_DUE)
                        .giving(
                                COUNTED_BY_HOUR_DUE,
                                "1970-01-01T01:00, 1",
                                "1970-01-01T02:00, 2",
                                "1970-01-01T03:00, 1")
                        .in(FOLLOW),
                QueryCase.named("join with a version by time")
                        .declaring(ORDERS_TIMED)
                        .declaring(CUSTOMERS_TIMED)
                        .giving(
                                """
                                SELECT o.order_id, c.tier FROM orders_timed AS o
                                JOIN customers_timed FOR SYSTEM_TIME AS OF o.changed_at AS c ON c.id = o.customer_id""",
                                "1, gold",
                                "2, gold",
                                "2, gold",
                                "3, gold")
                        .in(COPY));
    }
}
