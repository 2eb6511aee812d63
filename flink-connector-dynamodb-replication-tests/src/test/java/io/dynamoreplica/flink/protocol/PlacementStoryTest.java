/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests of which reader gets which split, and when. */
class PlacementStoryTest {

    @Test
    void segmentsGoToTheReaderWithTheFewestAsLongAsThereIsRoom() {
        Story story = Story.of(2, Rules.with(Rules.scan(5, 2, true)));
        story.table().open("A");
        story.begin();
        assertThat(story.holds(0)).hasSize(2);
        assertThat(story.holds(1)).hasSize(2);

        story.finish(1, story.holds(1).get(0));
        assertThat(story.holds(1)).hasSize(2).contains("segment-4");
    }

    @Test
    void theRoomOfAReaderIsSharedByAllTables() {
        Story story = Story.of(1, Rules.SNAPSHOT, Rules.named("customers", Rules.SNAPSHOT));
        story.begin();
        assertThat(story.held()).hasSize(1);
        story.finishSegments();
        assertThat(story.tableStates().values()).allMatch(table -> table.phase() == Phase.DONE);
    }

    @Test
    void shardsGoToTheReaderWithTheFewest() {
        Story story = Story.of(2, Rules.LATEST);
        story.table().open("A").open("B").open("C").open("D");
        story.begin();
        assertThat(story.holds(0)).hasSize(2);
        assertThat(story.holds(1)).hasSize(2);
    }

    @Test
    void theShardsOfManySmallTablesAreSpreadOverAllReaders() {
        Story story = Story.of(
                2,
                Rules.LATEST,
                Rules.named("b", Rules.LATEST),
                Rules.named("c", Rules.LATEST),
                Rules.named("d", Rules.LATEST));
        story.tables.values().forEach(table -> table.open("A"));
        story.begin();
        assertThat(story.holds(0)).hasSize(2);
        assertThat(story.holds(1)).hasSize(2);
    }

    @Test
    void noShardIsGivenBeforeEveryReaderHasReported() {
        Story story = Story.of(3, Rules.LATEST);
        story.table().open("A");
        story.start().report(0).report(2);
        assertThat(story.held()).isEmpty();

        story.report(1);
        assertThat(story.held()).containsExactly("A");
    }

    @Test
    void aReaderThatComesLateGetsItsSegmentsAtOnce() {
        Story story = Story.of(2, Rules.with(Rules.scan(4, 1, true)));
        story.table().open("A");
        story.start().report(0);
        assertThat(story.held()).containsExactly("segment-0");

        story.report(1);
        assertThat(story.holds(1)).containsExactly("segment-1");
    }

    @Test
    void whileAReaderThatFailedHasNotReportedNoShardIsGiven() {
        Story story = twoBusyReaders();
        story.fail(1);
        story.finish(0, "A");
        assertThat(story.holds(0)).isEmpty();

        story.report(1);
        assertThat(story.holds(0)).containsExactly("A1");
    }

    @Test
    void afterARestoreNoShardIsGivenBeforeEveryReaderHasReported() {
        Story story = twoBusyReaders();
        story.restore(3).start().report(0).report(1);
        story.readers.keySet().stream()
                .filter(subtask -> story.holds(subtask).contains("A"))
                .forEach(subtask -> story.finish(subtask, "A"));
        assertThat(story.held()).doesNotContain("A1");
        story.report(2);
        assertThat(story.held()).contains("A1");
    }

    @Test
    void aChildStaysWithTheReaderOfItsParentUntilTheParentsEndIsCovered() {
        Story story = twoBusyReaders();
        story.finish(0, "A");
        assertThat(story.holds(0)).containsExactly("A1");

        story.table().rollOver("A1", "A2", "A3");
        story.discover().finish(0, "A1");
        assertThat(story.holds(0)).containsExactlyInAnyOrder("A2", "A3");
        assertThat(story.holds(1)).containsExactly("B");
    }

    @Test
    void aChildThatIsListedAfterItsParentsEndWasCoveredGoesToTheReaderWithTheFewest() {
        Story story = Story.of(2, Rules.LATEST);
        story.table().open("A").open("B").open("C");
        story.begin();
        assertThat(story.holds(0)).containsExactly("A", "C");
        story.finish(0, "A");
        story.checkpoint();
        story.finish(1, "B");
        story.checkpoint();

        story.table().rollOver("A", "A1").rollOver("B", "B1");
        story.discover();

        assertThat(story.holds(1)).contains("A1");
    }

    @Test
    void aChildWaitsForTheReaderOfItsParent() {
        Story story = twoBusyReaders();
        story.table().rollOver("B", "B1").hide("B1");
        story.finish(1, "B");
        story.send(new ProtocolEvent.ReaderLost(1));
        story.table().show("B1");
        story.discover();
        assertThat(story.held()).containsExactly("A");

        story.failAndReport(1);
        assertThat(story.holds(1)).as("read again").containsExactly("B");
    }

    /**
     * Returns a story: reader 0 reads A, whose child A1 is listed; reader 1 reads B; a checkpoint contains all of
     * it.
     */
    private static Story twoBusyReaders() {
        Story story = Story.of(2, Rules.LATEST);
        story.table().open("A").open("B");
        story.begin();
        assertThat(story.holds(0)).containsExactly("A");
        story.table().rollOver("A", "A1");
        story.discover();
        story.checkpoint();
        return story;
    }
}
