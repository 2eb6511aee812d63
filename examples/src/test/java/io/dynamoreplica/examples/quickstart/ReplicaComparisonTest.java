/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReplicaComparisonTest {

    private final Map<OrderKey, OrderRow> table = orders();
    private final Map<OrderKey, OrderRow> replica = orders();
    private final OrderKey someKey = table.keySet().iterator().next();

    @Test
    void aFaithfulReplicaIsEqual() {
        ReplicaComparison comparison = ReplicaComparison.of(table, replica);

        assertThat(comparison.isEqual()).isTrue();
        assertThat(comparison.equal()).isEqualTo(50);
    }

    @Test
    void oneAlteredCellIsFoundWhicheverColumnItIsIn() {
        OrderRow row = replica.get(someKey);
        for (String column : row.columns().keySet()) {
            Map<String, Object> altered = new LinkedHashMap<>(row.columns());
            altered.put(column, "altered");
            replica.put(someKey, new OrderRow(someKey, altered));

            ReplicaComparison comparison = ReplicaComparison.of(table, replica);

            assertThat(comparison.isEqual()).isFalse();
            assertThat(comparison.equal()).isEqualTo(49);
            assertThat(comparison.report()).contains(someKey.toString(), column, "altered in the replica");
        }
    }

    @Test
    void anAttributeThatTheReplicaLostIsFound() {
        Map<String, Object> altered = new LinkedHashMap<>(replica.get(someKey).columns());
        altered.put("status", null);
        replica.put(someKey, new OrderRow(someKey, altered));

        assertThat(ReplicaComparison.of(table, replica).isEqual()).isFalse();
    }

    @Test
    void aMissingItemIsFound() {
        replica.remove(someKey);

        ReplicaComparison comparison = ReplicaComparison.of(table, replica);

        assertThat(comparison.isEqual()).isFalse();
        assertThat(comparison.missing()).containsExactly(someKey);
    }

    @Test
    void aRowThatTheTableNoLongerHasIsFound() {
        table.remove(someKey);

        ReplicaComparison comparison = ReplicaComparison.of(table, replica);

        assertThat(comparison.isEqual()).isFalse();
        assertThat(comparison.extra()).containsExactly(someKey);
    }

    @Test
    void twoEmptySidesProveNothing() {
        assertThat(ReplicaComparison.of(Map.of(), Map.of()).isEqual()).isFalse();
    }

    private static Map<OrderKey, OrderRow> orders() {
        OrderGenerator generator = new OrderGenerator(7);
        Map<OrderKey, OrderRow> rows = new HashMap<>();
        IntStream.rangeClosed(1, 50)
                .mapToObj(number -> OrderRow.expected(generator.order(number, 1_000L)))
                .forEach(row -> rows.put(row.key(), row));
        return rows;
    }
}
