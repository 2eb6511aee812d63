/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.examples.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A comparison of the table with its replica, item by item.
 *
 * @param items how many the table holds
 * @param equal how many of them the replica holds with the same values
 * @param differing one line for each item that the replica holds with other values
 * @param missing keys that only the table holds
 * @param extra keys that only the replica holds
 */
record ReplicaComparison(int items, int equal, List<String> differing, List<OrderKey> missing, List<OrderKey> extra) {

    private static final int EXAMPLES = 3;

    static ReplicaComparison of(Map<OrderKey, OrderRow> table, Map<OrderKey, OrderRow> replica) {
        List<String> differing = new ArrayList<>();
        List<OrderKey> missing = new ArrayList<>();
        table.forEach((key, expected) -> {
            OrderRow actual = replica.get(key);
            if (actual == null) {
                missing.add(key);
            } else if (!actual.equals(expected)) {
                differing.add(difference(expected, actual));
            }
        });
        List<OrderKey> extra =
                replica.keySet().stream().filter(key -> !table.containsKey(key)).toList();
        int equal = table.size() - missing.size() - differing.size();
        return new ReplicaComparison(table.size(), equal, differing, missing, extra);
    }

    /** Two empty sides do not count as equal, because that would prove nothing. */
    boolean isEqual() {
        return items > 0 && equal == items && extra.isEmpty();
    }

    /** Describes the result on a few lines. */
    String report() {
        return "items in the table %,d: equal %,d, differing %,d, missing %,d; extra in the replica %,d%s%s%s"
                .formatted(
                        items,
                        equal,
                        differing.size(),
                        missing.size(),
                        extra.size(),
                        examples("differing", differing),
                        examples("missing", missing),
                        examples("extra", extra));
    }

    private static String difference(OrderRow expected, OrderRow actual) {
        return expected.columns().keySet().stream()
                .filter(column -> !Objects.equals(
                        expected.columns().get(column), actual.columns().get(column)))
                .map(column -> "%s is %s in the table, %s in the replica"
                        .formatted(
                                column,
                                expected.columns().get(column),
                                actual.columns().get(column)))
                .collect(Collectors.joining("; ", expected.key() + ": ", ""));
    }

    private static String examples(String what, List<?> all) {
        return all.stream()
                .limit(EXAMPLES)
                .map(each -> "%n  %s: %s".formatted(what, each))
                .collect(Collectors.joining());
    }
}
