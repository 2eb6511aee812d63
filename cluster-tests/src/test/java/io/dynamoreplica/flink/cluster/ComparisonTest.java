/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final Order ORDER = new Order("customer-7", 70, "paid", new BigDecimal("12.50"), true, "Århus", 3);

    @Test
    void aReplicaWithTheSameRowsIsEqual() {
        assertThat(Comparison.of(table(ORDER), table(ORDER)).isEqual()).isTrue();
    }

    @Test
    void aMissingRowAndOneTooManyAreDifferences() {
        assertThat(Comparison.of(table(ORDER), Map.of()).isEqual()).isFalse();
        assertThat(Comparison.of(Map.of(), table(ORDER)).isEqual()).isFalse();
    }

    @Test
    void anotherValueInAnyColumnIsADifference() {
        seesThat(o -> new Order(o.customer(), o.number(), null, o.total(), true, o.city(), 3));
        seesThat(o -> new Order(o.customer(), o.number(), "paid", BigDecimal.ONE, true, "Århus", 3));
        seesThat(o -> new Order(o.customer(), o.number(), "paid", o.total(), false, "Århus", 3));
        seesThat(o -> new Order(o.customer(), o.number(), "paid", o.total(), true, null, 3));
        seesThat(o -> new Order(o.customer(), o.number(), "paid", o.total(), true, "Århus", 2));
    }

    @Test
    void twoThatAreEmptyShowNothing() {
        assertThat(Comparison.of(Map.of(), Map.of()).isEqual()).isFalse();
    }

    private static void seesThat(UnaryOperator<Order> changed) {
        Comparison comparison = Comparison.of(table(ORDER), table(changed.apply(ORDER)));
        assertThat(comparison.isEqual()).isFalse();
        assertThat(comparison.differences()).hasSize(1);
    }

    private static Map<Order.Key, Order> table(Order order) {
        return Map.of(order.key(), order);
    }
}
