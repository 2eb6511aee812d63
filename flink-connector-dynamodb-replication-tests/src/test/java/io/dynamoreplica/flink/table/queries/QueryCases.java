/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table.queries;

import static io.dynamoreplica.flink.table.queries.Variant.FOLLOW;
import static io.dynamoreplica.flink.table.queries.Variant.FOLLOW_REUSING_OBJECTS;

import java.util.List;
import java.util.stream.Stream;

/** The list of cases. */
final class QueryCases {

    private static final List<String> ORDER_KEY = List.of("customer_id", "order_id");

    private QueryCases() {}

    static Stream<QueryCase> all() {
        return Stream.of(
                        oneTableReadSeveralTimes(),
                        joinsAndAggregates(),
                        waysToSayIt(),
                        metadata(),
                        EventTimeCases.all())
                .flatMap(List::stream);
    }

    /** By default, Flink gives all these queries one source, with the columns and metadata of all. */
    private static List<QueryCase> oneTableReadSeveralTimes() {
        QueryCase sinksOfOtherMetadata = QueryCase.named("two sinks, metadata in one")
                .inAllVariants()
                .upserting(
                        ORDER_KEY,
                        "SELECT customer_id, order_id, epoch FROM orders",
                        "ann, 1, " + OrdersShop.EPOCH,
                        "ann, 2, " + OrdersShop.EPOCH,
                        "bob, 2, " + OrdersShop.EPOCH,
                        "eve, 3, " + OrdersShop.EPOCH,
                        "zoe, 9, " + OrdersShop.EPOCH)
                .upserting(
                        ORDER_KEY,
                        "SELECT customer_id, order_id, status FROM orders",
                        "ann, 1, paid",
                        "ann, 2, paid",
                        "bob, 2, new",
                        "eve, 3, open",
                        "zoe, 9, open");
        return List.of(
                sinksOfOtherMetadata,
                QueryCase.named("three sinks, metadata that can be null, items")
                        .inAllVariants()
                        .giving(
                                "SELECT order_id, customer_id, seq IS NULL AND operation = 'READ' FROM orders WHERE customer_id = 'bob'",
                                "2, bob, true")
                        .giving(
                                "SELECT city, JSON_VALUE(item, '$.total') FROM orders WHERE status = 'paid'",
                                "Bonn, 10",
                                "Bonn, 20.5")
                        .upserting(
                                ORDER_KEY,
                                "SELECT total, order_id, customer_id FROM orders",
                                "10.00, 1, ann",
                                "20.50, 2, ann",
                                "1.00, 2, bob",
                                "5.00, 3, eve",
                                "1.00, 9, zoe"),
                QueryCase.named("union all, metadata in one branch")
                        .giving(
                                """
                                SELECT customer_id, CAST(epoch AS STRING) FROM orders WHERE order_id = 2
                                UNION ALL SELECT city, status FROM orders
                                UNION ALL SELECT tier, id FROM customers""",
                                "ann, " + OrdersShop.EPOCH,
                                "bob, " + OrdersShop.EPOCH,
                                "Bonn, paid",
                                "Bonn, paid",
                                "Ulm, new",
                                "Rome, open",
                                "null, open",
                                "gold, ann",
                                "gold, bob",
                                "gold, eve"),
                sinksOfOtherMetadata
                        .as("two sinks, two sources")
                        .with("table.optimizer.reuse-source-enabled", "false")
                        .in(Variant.COPY),
                QueryCase.named("two sinks, one with options of its own")
                        .upserting(
                                ORDER_KEY,
                                "SELECT customer_id, order_id, doubled FROM orders /*+ OPTIONS('scan.snapshot.total-segments' = '3') */",
                                "ann, 1, 20.00",
                                "ann, 2, 41.00",
                                "bob, 2, 2.00",
                                "eve, 3, 10.00",
                                "zoe, 9, 2.00")
                        .giving("SELECT COUNT(*) FROM orders WHERE epoch > 0", "5")
                        .in(Variant.BATCH, FOLLOW));
    }

    private static List<QueryCase> joinsAndAggregates() {
        return List.of(
                QueryCase.named("self join, metadata on one side")
                        .in(Variant.BATCH, Variant.COPY, FOLLOW, FOLLOW_REUSING_OBJECTS)
                        .giving(
                                """
                                SELECT a.customer_id, a.order_id, b.order_id, b.status, a.epoch = b.epoch
                                FROM orders AS a JOIN orders AS b
                                ON a.customer_id = b.customer_id AND a.order_id < b.order_id""",
                                "ann, 1, 2, paid, true"),
                QueryCase.named("join of two tables")
                        .giving(
                                """
                                SELECT c.tier, o.customer_id, o.order_id, o.doubled
                                FROM orders AS o LEFT JOIN customers AS c ON c.id = o.customer_id""",
                                "gold, ann, 1, 20.00",
                                "gold, ann, 2, 41.00",
                                "gold, bob, 2, 2.00",
                                "gold, eve, 3, 10.00",
                                "null, zoe, 9, 2.00"),
                QueryCase.named("aggregate over a join")
                        .upserting(
                                List.of("tier"),
                                """
                                SELECT COALESCE(c.tier, 'none') AS tier, COUNT(*), SUM(o.total)
                                FROM orders AS o LEFT JOIN customers AS c ON c.id = o.customer_id
                                GROUP BY COALESCE(c.tier, 'none')""",
                                "gold, 4, 36.50",
                                "none, 1, 1.00"),
                QueryCase.named("aggregates, without a column and by a column outside the key")
                        .giving("SELECT COUNT(*) FROM orders", "5")
                        .upserting(
                                List.of("status"),
                                "SELECT COALESCE(status, '-') AS status, COUNT(*), MAX(epoch) FROM orders GROUP BY COALESCE(status, '-')",
                                "paid, 2, " + OrdersShop.EPOCH,
                                "new, 1, " + OrdersShop.EPOCH,
                                "open, 2, " + OrdersShop.EPOCH),
                QueryCase.named("semi join and anti join")
                        .giving(
                                "SELECT id FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE total > 4)",
                                "ann",
                                "eve")
                        .giving(
                                "SELECT order_id FROM orders WHERE NOT EXISTS (SELECT * FROM customers WHERE id = customer_id)",
                                "9"),
                QueryCase.named("the first by rank")
                        .giving(
                                """
                                SELECT customer_id, order_id FROM (
                                  SELECT *, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY total DESC) AS r
                                  FROM orders) WHERE r = 1""",
                                "ann, 2",
                                "bob, 2",
                                "eve, 3",
                                "zoe, 9"));
    }

    private static List<QueryCase> waysToSayIt() {
        return List.of(
                QueryCase.named("view")
                        .declaring(
                                "CREATE VIEW paid AS SELECT customer_id AS customer, total, city, operation FROM orders WHERE status = 'paid'")
                        .giving("SELECT customer, total FROM paid", "ann, 10.00", "ann, 20.50")
                        .giving("SELECT COUNT(*), MIN(city) FROM paid", "2, Bonn"),
                QueryCase.named("common table expression, used twice")
                        .giving(
                                """
                                WITH o AS (SELECT customer_id, total, epoch FROM orders WHERE status = 'open')
                                SELECT a.customer_id, b.total, b.epoch > 0 FROM o AS a JOIN o AS b ON a.customer_id = b.customer_id""",
                                "eve, 5.00, true",
                                "zoe, 1.00, true"),
                QueryCase.named("hints")
                        .upserting(
                                ORDER_KEY,
                                """
                                SELECT customer_id, order_id, part FROM orders_parts
                                /*+ OPTIONS('attribute.part' = 'address.city', 'scan.parallelism' = '1') */""",
                                "ann, 1, Bonn",
                                "ann, 2, Bonn",
                                "bob, 2, Ulm",
                                "eve, 3, Rome",
                                "zoe, 9, null")
                        .declaring("CREATE TABLE orders_parts (part STRING) LIKE orders"),
                QueryCase.named("LIKE, computed columns over columns and metadata")
                        .declaring(
                                """
                                CREATE TABLE orders_like (
                                  label AS UPPER(customer_id) || '-' || CAST(order_id AS STRING),
                                  origin STRING METADATA FROM 'table-name' VIRTUAL,
                                  copy BIGINT METADATA FROM 'epoch' VIRTUAL,
                                  copied_in AS EXTRACT(YEAR FROM CAST(TO_TIMESTAMP_LTZ(copy, 0) AS TIMESTAMP(3)))
                                ) LIKE orders (EXCLUDING GENERATED EXCLUDING METADATA)""")
                        .giving(
                                "SELECT label, copied_in, origin LIKE 'orders%' FROM orders_like WHERE total < 5",
                                "BOB-2, 2025, true", "ZOE-9, 2025, true"),
                QueryCase.named("all columns, in another order")
                        .giving(
                                "SELECT city, doubled, total, status, order_id, customer_id FROM orders WHERE order_id = 2",
                                "Bonn, 41.00, 20.50, paid, 2, ann",
                                "Ulm, 2.00, 1.00, new, 2, bob"));
    }

    private static List<QueryCase> metadata() {
        return List.of(
                QueryCase.named("metadata of other types, not VIRTUAL, under other names, alone")
                        .declaring(
                                """
                                CREATE TABLE orders_typed (
                                  epoch INT METADATA,
                                  at_utc TIMESTAMP(3) METADATA FROM 'event-time',
                                  was_scanned STRING METADATA FROM 'snapshot',
                                  expired INT METADATA FROM 'ttl-deleted' VIRTUAL
                                ) LIKE orders (EXCLUDING METADATA)""")
                        .giving(
                                "SELECT epoch, was_scanned, expired, at_utc FROM orders_typed WHERE customer_id = 'bob'",
                                OrdersShop.EPOCH + ", TRUE, 0, 2025-03-01T13:00")
                        .giving("SELECT DISTINCT epoch FROM orders_typed", "" + OrdersShop.EPOCH),
                QueryCase.named("metadata tells scanned items from changes")
                        .upserting(
                                ORDER_KEY,
                                "SELECT operation, customer_id, order_id, seq IS NULL FROM orders",
                                "MODIFY, ann, 1, false",
                                "READ, ann, 2, true",
                                "READ, bob, 2, true",
                                "INSERT, eve, 3, false",
                                "INSERT, zoe, 9, false")
                        .giving("SELECT changed_at FROM orders WHERE operation = 'MODIFY'", "2025-03-01T13:01:00Z")
                        .in(FOLLOW, FOLLOW_REUSING_OBJECTS));
    }
}
