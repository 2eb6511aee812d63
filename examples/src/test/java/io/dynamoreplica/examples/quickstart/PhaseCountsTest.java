/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PhaseCountsTest {

    @Test
    void copiedRowsAreRememberedAfterTheStreamHasWrittenThemAgain() {
        PhaseCounts counts = PhaseCounts.NONE
                .seen(Map.of("READ", 60L))
                .seen(Map.of("READ", 100L))
                .seen(Map.of("READ", 10L, "INSERT", 70L, "MODIFY", 20L));

        assertThat(counts).isEqualTo(new PhaseCounts(100, 90, 20));
        assertThat(counts.bothApplied(5)).isTrue();
    }

    @Test
    void aReplicaThatOnlyTheScanWroteDoesNotPass() {
        PhaseCounts counts = PhaseCounts.NONE.seen(Map.of("READ", 100L));

        assertThat(counts.copyIsComplete()).isFalse();
        assertThat(counts.bothApplied(5)).isFalse();
    }

    @Test
    void aReplicaThatOnlyTheStreamWroteDoesNotPass() {
        PhaseCounts counts = PhaseCounts.NONE.seen(Map.of("INSERT", 80L, "MODIFY", 20L));

        assertThat(counts.bothApplied(5)).isFalse();
    }

    @Test
    void recordsOlderThanTheCopyAloneDoNotPass() {
        PhaseCounts counts = PhaseCounts.NONE.seen(Map.of("READ", 100L)).seen(Map.of("INSERT", 100L));

        assertThat(counts.bothApplied(5)).isFalse();
    }

    @Test
    void withoutADeleteItDoesNotPass() {
        PhaseCounts counts = PhaseCounts.NONE.seen(Map.of("READ", 100L, "MODIFY", 20L));

        assertThat(counts.bothApplied(0)).isFalse();
    }
}
