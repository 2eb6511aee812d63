/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.policy.StartupMode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of how the shards of a stream are distributed over the readers, and of the shards that wait for it. */
class BalanceStoryTest {

    @Test
    void oneShardThatSplitsAgainAndAgainEndsUpOnAllReaders() {
        Story story = Story.of(4, Rules.LATEST);
        story.table().open("s");
        story.begin();
        checkpoint(story);
        for (int generation = 1; generation <= 5; generation++) {
            List<String> parents = story.held();
            parents.forEach(parent -> story.table().rollOver(parent, parent + "0", parent + "1"));
            story.discover();
            finish(story, parents);
            checkpoint(story);
        }
        assertThat(shardsOfReaders(story)).containsExactly(8, 8, 8, 8);
    }

    @Test
    void aChildWaitsForTheCheckpointThatHasItsParentsEndAndGoesToTheReaderWithTheFewest() {
        Story story = oneReaderHasAllShards();

        story.finish(0, "A");
        assertThat(story.held()).doesNotContain("A1");
        checkpoint(story);

        assertThat(story.holds(1)).containsExactly("A1");
    }

    /** For event time, a child that waits arrives late. */
    @Test
    void nothingWaitsIfShardsAreNotToBeBalanced() {
        Story story = Story.of(2, Rules.unbalanced(Rules.LATEST));
        story.table().open("A");
        story.begin();
        checkpoint(story);
        story.table().rollOver("A", "A0", "A1");
        story.discover();
        story.finish(0, "A");

        assertThat(story.holds(0)).containsExactlyInAnyOrder("A0", "A1");
        assertThat(story.holds(1)).isEmpty();
    }

    @Test
    void aCheckpointThatBeganBeforeTheEndWasSaidEndsNoWait() {
        Story story = oneReaderHasAllShards();
        long before = story.checkpoints.start();
        story.finish(0, "A");

        story.checkpoints.complete(before);
        assertThat(story.held()).doesNotContain("A1");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, false",
        "2, 0, true",
        "2, 1, false",
        "3, 1, true",
        "4, 2, true",
        "7, 5, false",
        "8, 5, true",
        "10, 8, false",
        "12, 8, true",
        "100, 70, false",
        "106, 70, true"
    })
    void aDifferenceIsClearIfItIsTwoAndHalfAgain(long withChild, long least, boolean clear) {
        assertThat(Balance.isClearlyMore(withChild, least)).isEqualTo(clear);
    }

    @Test
    void shardsThatRollOverOneByOneWaitForNothing() {
        Story story = fourReadersWithTwoShardsEach();
        for (String shard : List.copyOf(story.held())) {
            story.table().rollOver(shard, shard + "1");
            story.discover();
            finish(story, List.of(shard));
            assertThat(story.held()).contains(shard + "1");
        }
    }

    @Test
    void shardsThatRollOverAtOnceWaitForNothing() {
        Story story = fourReadersWithTwoShardsEach();
        List<String> parents = List.copyOf(story.held());
        finish(story, parents);
        parents.forEach(parent -> story.table().rollOver(parent, parent + "1"));

        story.discover();

        assertThat(shardsOfReaders(story)).containsExactly(2, 2, 2, 2);
    }

    @Test
    void aReaderWhoseChildrenAreNotListedYetOnlySeemsToHaveNothing() {
        Story story = fourReadersWithTwoShardsEach();
        List<String> ofTheLast = List.copyOf(story.holds(3));
        finish(story, ofTheLast);
        String parent = story.holds(0).get(0);
        story.table().rollOver(parent, "child");
        story.discover();

        story.finish(0, parent);

        assertThat(story.holds(0)).contains("child");
    }

    @Test
    void whatHasNoCheckpointsWaitsForNone() {
        Story story = Story.of(2, Rules.LATEST);
        story.table().open("A");
        story.begin();
        split(story);
        assertThat(story.holds(0)).containsExactly("A1", "A2", "A3");
    }

    @Test
    void aHandOverWithoutCheckpointsWaitsForNone() {
        Story story = Story.of(2, Rules.immediate(GapPolicy.FAIL, StartupMode.LATEST_OFFSET));
        story.table().open("A");
        story.begin();
        checkpoint(story);
        split(story);
        assertThat(story.holds(0)).containsExactly("A1", "A2", "A3");
    }

    /** During the copy of a table, Flink may have been told to take no checkpoint. */
    @Test
    void whileAnotherTableIsCopiedNothingWaits() {
        Story story = Story.of(2, Rules.LATEST, Rules.named("other", Rules.INITIAL));
        story.table().open("A");
        story.tables.get("other").open("X");
        story.begin();
        checkpoint(story);
        split(story);
        assertThat(story.holds(0)).contains("A1", "A2", "A3");
    }

    @Test
    void aWaitEndsAlsoIfNoCheckpointComes() {
        Story story = oneReaderHasAllShards();
        story.finish(0, "A");
        story.pass(TimeBounds.BALANCE - 1);
        assertThat(story.held()).doesNotContain("A1");

        story.pass(1);
        assertThat(story.holds(0)).contains("A1");

        story.table().rollOver("A1", "A11");
        story.discover().finish(0, "A1");
        assertThat(story.holds(0)).as("the next shard does not wait").contains("A11");
    }

    @Test
    void whenCheckpointsCompleteAgainChildrenWaitAgain() {
        Story story = oneReaderHasAllShards();
        story.finish(0, "A");
        story.pass(TimeBounds.BALANCE);
        checkpoint(story);

        story.table().rollOver("A1", "A11");
        story.discover().finish(0, "A1");

        assertThat(story.held()).doesNotContain("A11");
        checkpoint(story);
        assertThat(story.holds(1)).containsExactly("A11");
    }

    @Test
    void theShardsOfAllTablesCount() {
        Story story = Story.of(2, Rules.LATEST, Rules.named("other", Rules.LATEST));
        story.table().open("A");
        story.tables.get("other").open("X").open("Y").open("Z");
        story.begin();
        assertThat(shardsOfReaders(story)).containsExactly(2, 2);
        checkpoint(story);

        split(story);

        assertThat(shardsOfReaders(story)).containsExactly(3, 2);
        checkpoint(story);
        assertThat(shardsOfReaders(story)).containsExactly(3, 3);
    }

    @Test
    void aReaderThatFailsWhileAChildWaitsReadsTheParentAgain() {
        Story story = oneReaderHasAllShards();
        story.finish(0, "A");
        story.failAndReport(0);
        assertThat(story.holds(0)).contains("A").doesNotContain("A1");

        story.finish(0, "A");
        checkpoint(story);
        assertThat(story.holds(1)).containsExactly("A1");
        assertThat(story.contradictions).isEmpty();
    }

    /** Returns a story in which reader 0 has A, whose child A1 is listed, and two more shards; reader 1 has none. */
    private static Story oneReaderHasAllShards() {
        Story story = Story.of(2, Rules.LATEST);
        story.table().open("root");
        story.begin();
        story.table().rollOver("root", "A", "B", "C");
        story.discover().finish(0, "root");
        checkpoint(story);
        story.table().rollOver("A", "A1");
        story.discover();
        assertThat(story.holds(0)).containsExactly("A", "B", "C");
        return story;
    }

    private static Story fourReadersWithTwoShardsEach() {
        Story story = Story.of(4, Rules.LATEST);
        IntStream.range(0, 8).forEach(shard -> story.table().open("s" + shard));
        story.begin();
        checkpoint(story);
        assertThat(shardsOfReaders(story)).containsExactly(2, 2, 2, 2);
        return story;
    }

    /** Rolls the shard A of reader 0 over into three children, and lets the reader finish it. */
    private static void split(Story story) {
        story.table().rollOver("A", "A1", "A2", "A3");
        story.discover().finish(0, "A");
    }

    private static void finish(Story story, List<String> shards) {
        for (int subtask : story.readers.keySet()) {
            story.holds(subtask).stream().filter(shards::contains).forEach(shard -> story.finish(subtask, shard));
        }
    }

    private static void checkpoint(Story story) {
        story.checkpoint();
    }

    private static List<Integer> shardsOfReaders(Story story) {
        return story.readers.keySet().stream()
                .map(subtask -> story.holds(subtask).size())
                .toList();
    }
}
