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
 * A table and its replica, item for item and column for column.
 *
 * @param table how many items the table holds
 * @param replica how many rows the replica holds
 * @param differences of items: different, missing and extra ones, in words
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

    /** Two that are empty are equal and show nothing. */
    boolean isEqual() {
        return table > 0 && differences.isEmpty();
    }

    /** For people, with a few of the differences. */
    @Override
    public String toString() {
        return "table %,d items, replica %,d rows, %,d differences".formatted(table, replica, differences.size())
                + differences.stream()
                        .limit(EXAMPLES)
                        .map(difference -> "\n    " + difference)
                        .collect(Collectors.joining());
    }

    private static Function<Order.Key, String> difference(Map<Order.Key, Order> table, Map<Order.Key, Order> replica) {
        return key -> key + " is " + table.get(key) + ", in the replica " + replica.get(key);
    }
}
