/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tests of large jobs. If every event caused work that grows with the number of splits, a large copy would take
 * minutes on the coordinator thread. The time-outs are far above what the copies take; {@link JobSizes} measures.
 */
class LargeJobTest {

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void aTableOfManySegmentsIsCopied() {
        Story story = Story.of(10, Rules.with(Rules.scan(20_000, 2, true)));
        story.table().open("A");
        story.begin().copied();
        assertThat(story.phase()).isEqualTo(Phase.STREAMING);
        assertThat(story.held()).containsExactly("A");
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void manyTablesAreCopied() {
        TableRules[] rules = IntStream.range(0, 100)
                .mapToObj(table -> "table-" + table)
                .map(table -> Rules.named(table, Rules.with(Rules.scan(64, 2, true))))
                .toArray(TableRules[]::new);
        Story story = Story.of(8, rules);
        story.tables.values().forEach(table -> table.open("A"));
        story.begin().copied();
        assertThat(story.tableStates().values()).allMatch(table -> table.phase() == Phase.STREAMING);
        assertThat(story.held()).hasSize(100).containsOnly("A");
    }

    /** During a long copy every shard waits, and each listing is checked for gaps. */
    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void aStreamOfManyShardsIsListedAgainAndAgainDuringTheCopy() {
        Story story = Story.of(1, Rules.INITIAL);
        IntStream.range(0, 10_000).forEach(shard -> story.table().open("shard-" + shard));
        story.begin().discoverEvery(Rules.DISCOVERY, 200);
        assertThat(story.gaps).isEmpty();
    }
}
