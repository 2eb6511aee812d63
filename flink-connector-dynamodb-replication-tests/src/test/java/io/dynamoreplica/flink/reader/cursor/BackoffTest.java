/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(100, 10_000);

    @Test
    void waitsTwiceAsLongAfterEachRefusalUpToTheCap() {
        for (int refusals = 1; refusals <= 7; refusals++) {
            long whole = 100L << (refusals - 1);
            assertThat(backoff.delay(refusals, "s")).isBetween(whole / 2, whole);
        }
        assertThat(backoff.delay(8, "s")).isBetween(5_000L, 10_000L);
    }

    @Test
    void staysAtTheCapHoweverLongTheRefusalsLast() {
        assertThat(backoff.delay(1_000_000, "s")).isBetween(5_000L, 10_000L);
        assertThat(backoff.delay(Integer.MAX_VALUE, "s")).isBetween(5_000L, 10_000L);
    }

    @Test
    void bringsSplitsBackAtDifferentTimesAndTheSameSplitAlwaysAtTheSame() {
        assertThat(IntStream.range(0, 20)
                        .mapToObj(i -> backoff.delay(5, "split-" + i))
                        .distinct())
                .hasSizeGreaterThan(5);
        assertThat(backoff.delay(5, "split-1")).isEqualTo(backoff.delay(5, "split-1"));
    }

    @Test
    void refusesACapBelowTheFirstWait() {
        assertThatThrownBy(() -> new Backoff(100, 99)).hasMessageContaining("100 ms");
    }
}
