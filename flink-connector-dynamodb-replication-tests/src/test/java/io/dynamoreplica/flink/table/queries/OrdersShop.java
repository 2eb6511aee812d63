/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table.queries;

import static io.dynamoreplica.flink.testing.fake.Items.item;

import io.dynamoreplica.flink.split.ItemKey.KeyType;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.Items;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import io.dynamoreplica.flink.testing.wire.WireDynamoDb;
import io.dynamoreplica.flink.testing.wire.WireOperation;
import io.dynamoreplica.flink.testing.wire.WireRequest;
import java.time.Duration;
import java.time.Instant;

/**
 * The two tables of a simulated server, orders and customers, and the changes of their items.
 *
 * <pre>
 *   12:00            13:00          13:01                         13:10
 *   first items      copy begins    updates, a delete, an insert  the order of zoe, which is the last
 * </pre>
 */
final class OrdersShop {

    /** The number of a copy, which is the time of its anchor in seconds. */
    static final long EPOCH = Instant.parse("2025-03-01T13:00:00Z").getEpochSecond();

    private static final Instant OPENED = Instant.parse("2025-03-01T12:00:00.250Z");

    /** The copy begins so late that it drops the stream's records of the first items as too old. */
    private static final Instant COPIED = Instant.parse("2025-03-01T13:00:00.250Z");

    private static final int POLLS = 6;

    private static final Duration UNTIL_CHANGES = Duration.ofMinutes(1);
    private static final Duration UNTIL_LAST_CHANGE = Duration.ofMinutes(9);

    private final WireDynamoDb wire;
    private final String orders;
    private final String customers;

    private OrdersShop(WireDynamoDb wire, String suffix) {
        this.wire = wire;
        this.orders = "orders" + suffix;
        this.customers = "customers" + suffix;
    }

    /** Makes the tables with the first items. The clock shows the time at which a copy begins. */
    static OrdersShop open(WireDynamoDb wire, String suffix) {
        OrdersShop shop = new OrdersShop(wire, suffix);
        wire.db().clock().set(OPENED);
        wire.db()
                .createTable(TableSpec.named(shop.orders)
                        .withPartitionKey("customer_id", KeyType.S)
                        .withSortKey("order_id", KeyType.N));
        wire.db().createTable(TableSpec.named(shop.customers));
        shop.putOrder("ann", 1, "open", "10", "Bonn");
        shop.putOrder("ann", 2, "paid", "20.5", "Bonn");
        shop.putOrder("bob", 1, "open", "7", "Ulm");
        shop.putOrder("bob", 2, "new", "1", "Ulm");
        shop.putCustomer("ann", "gold");
        shop.putCustomer("bob", "iron");
        shop.putCustomer("dan", "iron");
        shop.putCustomer("eve", "gold");
        return shop.atTheTimeOfCopies();
    }

    /** Makes all changes that a followed table sees. */
    OrdersShop changed() {
        change();
        lastChange();
        return this;
    }

    /** Sets the clock to the time at which every copy begins. */
    OrdersShop atTheTimeOfCopies() {
        wire.db().clock().set(COPIED);
        return this;
    }

    void change() {
        wire.db().clock().advance(UNTIL_CHANGES);
        putOrder("ann", 1, "paid", "10", "Bonn");
        orders().delete(item("customer_id", "bob").n("order_id", 1).build());
        putOrder("eve", 3, "open", "5", "Rome");
        putCustomer("bob", "gold");
        customers().delete(item("id", "dan").build());
    }

    void lastChange() {
        wire.db().clock().advance(UNTIL_LAST_CHANGE);
        orders().put(item("customer_id", "zoe")
                .n("order_id", 9)
                .s("status", "open")
                .n("total", 1)
                .build());
    }

    /**
     * Returns whether this table's stream is being read, which begins after the copy. The check before the
     * copy reads the stream too, but only once for each source.
     */
    boolean isFollowed(String table) {
        return wire.count(WireRequest.of(WireOperation.GET_RECORDS).and(WireRequest.toTable(table))) >= POLLS;
    }

    String ordersName() {
        return orders;
    }

    String customersName() {
        return customers;
    }

    private FakeTable orders() {
        return wire.db().table(orders);
    }

    private FakeTable customers() {
        return wire.db().table(customers);
    }

    private void putOrder(String customer, long order, String status, String total, String city) {
        orders().put(item("customer_id", customer)
                .n("order_id", order)
                .s("status", status)
                .n("total", total)
                .map("address", Items.item().s("city", city))
                .build());
    }

    private void putCustomer(String id, String tier) {
        customers().put(item("id", id).s("tier", tier).build());
    }
}
