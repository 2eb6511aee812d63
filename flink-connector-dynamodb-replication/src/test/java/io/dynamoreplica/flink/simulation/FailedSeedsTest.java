/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Every seed whose history has ever broken a promise, by what it found. What a seed plays changes
 * whenever the model learns something new, so each of these also has a story of its own where the
 * rule is.
 */
class FailedSeedsTest {

    /** The table's new stream waited for a listing of its old one: see ListingScheduleTest. */
    @Test
    void theListingOfAnOldStreamHeldUpTheNewOne() {
        holds(187);
        holds(1596);
    }

    private static void holds(long seed) {
        assertThat(new SimulationRun().apply(seed)).isEmpty();
    }
}
