/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.ProtocolAction.SendEpochEnded;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests of {@code ignore} when the stream is replaced: only the changes that the old stream still had are lost. All
 * changes of the next stream are read, also if the change to it is interrupted.
 */
class IgnoredStreamTest {

    @ParameterizedTest
    @EnumSource(
            value = StartupMode.class,
            names = {"INITIAL", "LATEST_OFFSET", "EARLIEST_OFFSET"})
    void aRestoreOnTheWayToAnotherStreamDoesNotTakeItForTheOldOne(StartupMode start) {
        Story story = replaced(start);
        long epoch = story.state().epoch();
        story.holdAnswersBack().pass(TimeBounds.UNFIT_RETRY).answerOldest();
        assertThat(story.phase()).isEqualTo(Phase.ANCHORING);
        story.checkpoint();
        story.restore(1).begin().answer();
        assertReadFromOldestKept(story, epoch);
    }

    @ParameterizedTest
    @EnumSource(
            value = StartupMode.class,
            names = {"INITIAL", "LATEST_OFFSET", "EARLIEST_OFFSET"})
    void anotherStreamThatIsNotEnabledYetIsNotTakenForTheOldOne(StartupMode start) {
        Story story = replaced(start);
        long epoch = story.state().epoch();
        story.table().streamEnabling(true);
        story.pass(TimeBounds.UNFIT_RETRY);
        assertThat(story.phase()).isEqualTo(Phase.DESCRIBING);
        story.table().streamEnabling(false);
        story.pass(TimeBounds.UNFIT_RETRY);
        assertReadFromOldestKept(story, epoch);
    }

    @ParameterizedTest
    @EnumSource(
            value = StartupMode.class,
            names = {"INITIAL", "LATEST_OFFSET", "EARLIEST_OFFSET"})
    void anotherStreamThatIsRefusedAtFirstIsNotTakenForTheOldOne(StartupMode start) {
        Story story = replaced(start);
        long epoch = story.state().epoch();
        story.table().refuseStream(true);
        story.pass(TimeBounds.UNFIT_RETRY);
        assertThat(story.phase()).isEqualTo(Phase.DESCRIBING);
        story.table().refuseStream(false);
        story.pass(TimeBounds.UNFIT_RETRY);
        assertReadFromOldestKept(story, epoch);
    }

    @ParameterizedTest
    @EnumSource(
            value = StartupMode.class,
            names = {"LATEST_OFFSET", "EARLIEST_OFFSET"})
    void aTableThatIsBackWithTheSameStreamIsReadFromTheOldestRecordKept(StartupMode start) {
        Story story = streaming(start);
        long epoch = story.state().epoch();
        story.table().delete();
        story.discover();
        story.checkpoint();
        story.pass(40 * 60_000);
        assertThat(story.phase()).isEqualTo(Phase.DESCRIBING);
        story.table().rollOver("A", "B").restore();
        story.pass(TimeBounds.UNFIT_RETRY);

        assertThat(story.phase()).isEqualTo(Phase.STREAMING);
        assertThat(story.state().epoch()).as("readers take no split twice").isGreaterThan(epoch);
        assertThat(story.held()).containsExactly("A");
        assertThat(story.shard("A").position()).isEqualTo(ShardPosition.OLDEST_KEPT);
        assertThat(story.shard("A").dropBefore()).isEqualTo(ShardSplit.DROP_NOTHING);
        assertThat(story.shard("B").dropBefore()).isEqualTo(ShardSplit.DROP_NOTHING);
        assertThat(story.actions(SendEpochEnded.class)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = StartupMode.class,
            names = {"INITIAL", "LATEST_OFFSET", "EARLIEST_OFFSET"})
    void withoutAFenceAReaderThatGoesBackToTheOldStreamIsToldToDropIt(StartupMode start) {
        Story story = Story.of(1, Rules.immediate(GapPolicy.IGNORE, start));
        story.table().open("A");
        story.begin().copied();
        story.checkpoint();
        long epoch = story.state().epoch();
        story.table().replaceStream().hide("A").open("A2");
        story.discover();
        assertThat(story.phase()).isEqualTo(Phase.STREAMING);
        assertThat(story.held()).contains("A2");

        story.fail(0);
        assertThat(story.held()).containsExactly("A");
        story.report(0);
        assertThat(story.contradictions).isEmpty();
        assertThat(story.held()).doesNotContain("A");
        assertThat(story.shard("A2").position()).isEqualTo(ShardPosition.OLDEST_KEPT);
        assertThat(story.held()).contains("A2");
        assertThat(story.state().epoch()).isEqualTo(epoch);

        story.checkpoint();
        story.failAndReport(0);
        assertThat(story.held()).contains("A2").doesNotContain("A");
        assertThat(story.contradictions).isEmpty();
    }

    @Test
    void withoutAFenceACopyThatNoCheckpointHasBeginsAgainWhenItsStreamIsReplaced() {
        Story story = Story.of(1, Rules.immediate(GapPolicy.IGNORE, StartupMode.INITIAL));
        story.table().open("A");
        story.begin();
        story.checkpoint();
        story.finishSegments();
        assertThat(story.phase()).isEqualTo(Phase.STREAMING);
        long epoch = story.state().epoch();
        story.table().replaceStream().hide("A").open("A2");
        story.discover();
        assertThat(story.phase()).isEqualTo(Phase.SCANNING);
        assertThat(story.state().epoch()).isGreaterThan(epoch);

        story.failAndReport(0);
        assertThat(story.contradictions).isEmpty();
    }

    private static Story streaming(StartupMode start) {
        return Story.streaming(1, "A", Rules.onGap(GapPolicy.IGNORE, start));
    }

    /**
     * Returns a story that was streaming, was switched off and withdrawn, and is on again: the next look shows
     * another stream.
     */
    private static Story replaced(StartupMode start) {
        Story story = streaming(start);
        story.table().disableStream();
        story.discover();
        story.checkpoint();
        assertThat(story.phase()).isEqualTo(Phase.DESCRIBING);
        story.table().replaceStream().enableStream().close("A").closed("A2").open("B2", "A2");
        return story;
    }

    private static void assertReadFromOldestKept(Story story, long epoch) {
        assertThat(story.phase()).isEqualTo(Phase.STREAMING);
        assertThat(story.state().epoch()).as("nothing was copied").isEqualTo(epoch);
        assertThat(story.held()).contains("A2");
        assertThat(story.shard("A2").position()).isEqualTo(ShardPosition.OLDEST_KEPT);
        assertThat(story.shard("A2").dropBefore()).isEqualTo(ShardSplit.DROP_NOTHING);
        assertThat(story.shard("B2").dropBefore()).isEqualTo(ShardSplit.DROP_NOTHING);
        assertThat(story.splits()).noneMatch(name -> name.startsWith("segment"));
        assertThat(story.gaps).isEmpty();
        assertThat(story.contradictions).isEmpty();
    }
}
