/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.TableRules.StreamRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of the option for closed shards only: a shard is read after it is closed. */
class ClosedShardsOnlyTest {

    @ParameterizedTest
    @EnumSource(names = {"INITIAL", "LATEST_OFFSET"})
    void aShardIsGivenToAReaderOnceItHasClosed(StartupMode start) {
        Story story = Story.of(1, Rules.closedShardsOnly(start));
        story.table().open("A");
        story.begin().copied();
        story.discoverEvery(60_000, 3);
        assertThat(story.held()).isEmpty();

        story.table().rollOver("A", "B");
        story.discover();
        assertThat(story.held()).containsExactly("A");
        story.finish(0, "A");
        story.discoverEvery(60_000, 3);
        assertThat(story.held()).as("B is open").isEmpty();

        story.table().rollOver("B", "C");
        story.discover();
        assertThat(story.held()).containsExactly("B");
        assertThat(story.gaps).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"INITIAL", "EARLIEST_OFFSET"})
    void anOpenShardDoesNotAgeOutWhileItIsOpen(StartupMode start) {
        Story story = Story.of(1, Rules.closedShardsOnly(start));
        story.table().open("A");
        story.begin().copied();
        story.discoverEvery(3_600_000, 5);
        assertThat(story.gaps).isEmpty();
    }

    @Test
    void aShardThatIsGoneBeforeAListingShowedItClosedHoldsUpNothingIfLossesAreIgnored() {
        TableRules closedOnly = Rules.closedShardsOnly(StartupMode.INITIAL);
        TableRules ignoring = new TableRules(
                closedOnly.table(),
                closedOnly.startRequest(),
                closedOnly.handOver(),
                closedOnly.scan(),
                new StreamRules(Rules.DISCOVERY, true, GapPolicy.IGNORE, true, false));
        Story story = Story.of(1, ignoring);
        story.table().open("A");
        story.begin().copied();
        story.discover();

        story.table().rollOver("A", "B").rollOver("B", "C").trim("A");
        story.discoverEvery(60_000, 3);
        assertThat(story.held()).containsExactly("A");
        story.finish(0, "A");
        assertThat(story.held()).containsExactly("B");
    }
}
