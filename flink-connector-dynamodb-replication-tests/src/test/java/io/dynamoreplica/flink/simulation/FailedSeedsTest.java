/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * The seeds whose histories have broken a promise, sorted by the bug that they found. The history of a seed changes
 * with the model. Therefore each bug also has a story, beside the tests of its rule.
 */
class FailedSeedsTest {

    /** The table's new stream waited for a listing of its old stream: see ListingScheduleTest. */
    @Test
    void theListingOfAnOldStreamHeldUpTheNewOne() {
        holds(187);
        holds(1596);
    }

    /**
     * A generation that was missing in the anchor's listing was skipped although its parent was read: see
     * LineageStoryTest.
     */
    @Test
    void aGenerationThatWasListedLateWasLeftOut() {
        for (long seed : new long[] {459, 783, 953, 968, 1172, 1293, 2593, 3381, 4183}) {
            holds(seed);
        }
    }

    /** See ClosedShardsOnlyTest. */
    @Test
    void aShardThatWasGoneBeforeItWasShownClosedHeldUpItsChildren() {
        holds(1136);
        holds(1760);
    }

    /**
     * The bug was in the checker: this mode needs only the records that the stream still has when the reader
     * begins.
     */
    @Test
    void aChangeDroppedBeforeAStartFromTheOldestRecordReadItWasTakenForLost() {
        holds(7426);
    }

    private static void holds(long seed) {
        assertThat(new SimulationRun().apply(seed)).isEmpty();
    }
}
