/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.policy.HandOver;
import io.dynamoreplica.flink.policy.StartupMode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Tests with random histories: reports, checkpoints, failures, restores and listings in any order over a lineage
 * that grows at random. The oracle checks the splits of the readers, not the state of the protocol.
 */
class RandomHistoryTest {

    private static final int HISTORIES = 300;
    private static final int STEPS = 150;

    @Test
    void noChildPassesItsParentNoSplitIsReadTwiceAtOnceAndEveryShardIsReadInTheEnd() {
        for (long seed = 1; seed <= HISTORIES; seed++) {
            try {
                new RandomHistory(seed, rules(seed)).play(STEPS);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("Seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static TableRules rules(long seed) {
        List<TableRules> choice = List.of(
                Rules.INITIAL, Rules.LATEST, Rules.of(StartupMode.INITIAL, HandOver.IMMEDIATE), Rules.duringScan());
        return choice.get((int) (seed % choice.size()));
    }

    @Test
    void aSeedGivesTheSameHistoryEachTime() {
        RandomHistory first = new RandomHistory(new Random().nextLong(), Rules.INITIAL);
        RandomHistory again = new RandomHistory(first.seed(), Rules.INITIAL);
        assertThat(first.play(STEPS)).isEqualTo(again.play(STEPS));
    }
}
