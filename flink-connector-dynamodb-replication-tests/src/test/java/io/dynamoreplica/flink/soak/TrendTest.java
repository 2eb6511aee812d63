/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {

    @Test
    void aPeakIsNoGrowth() {
        assertThat(threads(i -> i == 39 ? 500 : 100).isFlat()).isTrue();
    }

    @Test
    void aSlowLeakIsGrowth() {
        assertThat(threads(i -> 100 + i).isFlat()).isFalse();
    }

    @Test
    void whatShrinksIsFlat() {
        assertThat(threads(i -> 100 - i).isFlat()).isTrue();
    }

    @Test
    void theQuartersAreCompared() {
        Trend trend = threads(i -> i);

        assertThat(trend.beginning()).isEqualTo(4.5);
        assertThat(trend.end()).isEqualTo(34.5);
        assertThat(trend.row()).isEqualTo("| threads | 5 | 35 | 9 |");
    }

    @Test
    void aFewSamplesSayNothing() {
        assertThatThrownBy(() -> Trend.of(Resource.THREADS, List.of(1.0, 2.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("soak for longer");
    }

    private static Trend threads(IntToDoubleFunction sample) {
        return Trend.of(
                Resource.THREADS,
                IntStream.range(0, 40).mapToDouble(sample).boxed().toList());
    }
}
