/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.cluster;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A comparison of a table and its replica, item by item and column by column.
 *
 * @param table number of items of the table
 * @param replica number of rows of the replica
 * @param differences one text for each item that differs, is missing or is extra
 */
record Comparison(int table, int replica, Set<String> differences) {

    private static final int EXAMPLES = 5;

    static Comparison of(Map<Order.Key, Order> table, Map<Order.Key, Order> replica) {
        Set<String> differences = Stream.of(table, replica)
                .map(Map::keySet)
                .flatMap(Set::stream)
                .filter(key -> !Objects.equals(table.get(key), replica.get(key)))
                .map(difference(table, replica))
                .collect(Collectors.toCollection(TreeSet::new));
        return new Comparison(table.size(), replica.size(), differences);
    }

    /**
     * Tells whether both are equal. Two empty sides do not count as equal, because that would prove
     * nothing.
     */
    boolean isEqual() {
        return table > 0 && differences.isEmpty();
    }

    /** Describes the result for people, with a few of the differences. */
    @Override
    public String toString() {
        String examples = differences.stream()
                .limit(EXAMPLES)
                .map(difference -> "\n    " + difference)
                .collect(Collectors.joining());
        return "table %,d items, replica %,d rows, %,d differences%s"
                .formatted(table, replica, differences.size(), examples);
    }

    private static Function<Order.Key, String> difference(Map<Order.Key, Order> table, Map<Order.Key, Order> replica) {
        return key -> key + " is " + table.get(key) + ", in the replica " + replica.get(key);
    }
}
