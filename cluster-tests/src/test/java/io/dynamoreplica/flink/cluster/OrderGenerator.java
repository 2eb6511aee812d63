/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.cluster;

import java.math.BigDecimal;
import java.util.Random;

/** A generator of orders. The contents of an order depend only on its number and version. */
final class OrderGenerator {

    private static final String[] CITIES = {"Zürich", "京都市", "Århus", "O'Fallon", "São Paulo"};
    private static final String[] STATES = {"open", "paid", "sent", "back"};
    private static final int LARGEST_TOTAL_IN_CENTS = 100_000_000;

    static Order order(long number, long version) {
        Random random = new Random(31 * number + version);
        Order.Key key = Order.Key.of(number);
        return new Order(
                key.customer(),
                key.number(),
                random.nextInt(10) == 0 ? null : STATES[random.nextInt(STATES.length)],
                BigDecimal.valueOf(random.nextInt(LARGEST_TOTAL_IN_CENTS), 2),
                random.nextBoolean(),
                random.nextInt(10) == 0 ? null : CITIES[random.nextInt(CITIES.length)],
                version);
    }

    private OrderGenerator() {}
}
