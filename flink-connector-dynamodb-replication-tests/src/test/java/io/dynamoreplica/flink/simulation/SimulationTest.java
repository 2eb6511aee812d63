/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that play many histories. {@code -Dsimulation.seeds=1..100000} selects other seeds than the first ones. A
 * seed that fails belongs in {@link FailedSeedsTest}.
 */
class SimulationTest {

    private static final String SEEDS = "simulation.seeds";
    private static final String FIRST_ONES = "1..2000";

    /** More failures would only hide the first. */
    private static final int REPORTED = 5;

    @Test
    void everyHistoryKeepsThePromises() {
        long[] range = range(System.getProperty(SEEDS, FIRST_ONES));
        assertThat(range[0]).as("a range such as 1..2000").isLessThanOrEqualTo(range[1]);
        SimulationRun run = new SimulationRun();
        List<String> failed = new ArrayList<>();
        for (long seed = range[0]; seed <= range[1] && failed.size() < REPORTED; seed++) {
            String what = run.apply(seed);
            if (!what.isEmpty()) {
                failed.add("seed " + seed + ": " + what);
            }
        }
        assertThat(failed).isEmpty();
        System.out.printf("simulation: %d histories held%n", range[1] - range[0] + 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 22, 333, 4444})
    void aSeedRepeatsItsHistoryToTheLetter(long seed) {
        assertThat(logOf(seed)).isEqualTo(logOf(seed));
    }

    @Test
    void otherSeedsGiveOtherHistories() {
        assertThat(LongStream.rangeClosed(1, 20).mapToObj(SimulationTest::logOf))
                .doesNotHaveDuplicates();
    }

    private static List<String> logOf(long seed) {
        History history = new History(seed);
        history.play();
        return history.log();
    }

    /** Parses a range. Both ends belong to it. */
    private static long[] range(String text) {
        String[] ends = text.split("\\.\\.", 2);
        return new long[] {Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1])};
    }
}
