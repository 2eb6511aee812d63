/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.cluster;

import java.math.BigDecimal;

/**
 * An order with all columns of the replica.
 *
 * @param customer partition key
 * @param number sort key
 * @param status null if the item has no such attribute
 * @param total with two digits after the point
 * @param city inside a map of the item; null if the item has no such map
 * @param version of the write that made it
 */
record Order(String customer, long number, String status, BigDecimal total, boolean gift, String city, long version) {

    /** The key that identifies an order, whatever its contents. */
    record Key(String customer, long number) {

        /** Returns the key of an order. All orders are numbered; ten belong to a customer. */
        static Key of(long number) {
            return new Key("customer-" + number / 10, number);
        }
    }

    Key key() {
        return new Key(customer, number);
    }
}
