/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoteGap;
import io.dynamoreplica.flink.protocol.ProtocolAction.SendShardClosed;
import io.dynamoreplica.flink.protocol.ProtocolEvent.NothingGiven;
import io.dynamoreplica.flink.protocol.ProtocolEvent.SplitsEnded;
import io.dynamoreplica.flink.split.GapCause;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of a shard of which a reader gets no record. The enumerator decides what that means. */
class UnreadShardStoryTest {

    private static final long HOUR = 3_600_000;

    private Story story;

    @ParameterizedTest
    @EnumSource(
            value = StartupMode.class,
            names = {"INITIAL", "LATEST_OFFSET", "EARLIEST_OFFSET"})
    void anOpenShardIsNeverAtItsEnd(StartupMode start) {
        begin(Rules.onGap(GapPolicy.FAIL, start));
        for (int hours = 0; hours < 23; hours++) {
            nothingGiven("A").pass(HOUR);
        }
        assertToldClosed();
        assertThat(story.gaps).isEmpty();
        assertThat(story.held()).containsExactly("A");
    }

    @ParameterizedTest
    @EnumSource(
            value = StartupMode.class,
            names = {"INITIAL", "LATEST_OFFSET", "EARLIEST_OFFSET"})
    void aClosedShardIsAtItsEndAndNothingWasLostWithinADayOfTheAnchor(StartupMode start) {
        begin(Rules.onGap(GapPolicy.FAIL, start));
        story.table().rollOver("A", "B");
        story.pass(23 * HOUR).discover();
        nothingGiven("A").pass(TimeBounds.UNREAD_LISTING);
        assertToldClosed("A");
        assertThat(story.gaps).isEmpty();
        assertThat(story.actions(NoteGap.class)).isEmpty();
        story.finish(0, "A");
        assertThat(story.held()).containsExactly("B");
    }

    @Test
    void aClosedShardThatGivesNothingADayAfterTheAnchorIsAGap() {
        begin(Rules.INITIAL);
        story.table().rollOver("A", "B");
        story.pass(24 * HOUR).discover();
        assertThat(story.gaps).isEmpty();
        nothingGiven("A").pass(TimeBounds.UNREAD_LISTING);
        assertThat(story.gaps).hasSize(1);
        assertThat(story.gaps.get(0).cause()).isEqualTo(GapCause.TRIMMED);
    }

    @Test
    void anOpenShardThatGivesNothingForADayIsAGapToo() {
        begin(Rules.INITIAL);
        story.pass(24 * HOUR);
        nothingGiven("A").pass(TimeBounds.UNREAD_LISTING);
        assertThat(story.gaps).hasSize(1);
        assertThat(story.gaps.get(0).cause()).isEqualTo(GapCause.TRIMMED);
    }

    @Test
    void whereLossesAreIgnoredItIsCountedOnceAndTheShardEnds() {
        begin(Rules.onGap(GapPolicy.IGNORE, StartupMode.INITIAL));
        story.pass(24 * HOUR);
        for (int times = 0; times < 3; times++) {
            nothingGiven("A").pass(TimeBounds.UNREAD_LISTING);
        }
        assertThat(story.actions(NoteGap.class)).hasSize(1);
        assertToldClosed();
        story.table().rollOver("A", "B");
        nothingGiven("A").pass(TimeBounds.UNREAD_LISTING);
        assertToldClosed("A");
        assertThat(story.actions(NoteGap.class)).hasSize(1);
    }

    @Test
    void aShardThatTwoListingsLackIsAtItsEndIfItWasSeenClosed() {
        begin(Rules.EARLIEST);
        story.table().rollOver("A", "B");
        story.discover();
        story.table().trim("A");
        story.discover();
        nothingGiven("A").pass(TimeBounds.UNREAD_LISTING);
        story.finish(0, "A");
        assertThat(story.held()).containsExactly("B");
        assertThat(story.gaps).isEmpty();
    }

    @Test
    void aShardThatVanishesWithoutHavingBeenSeenClosedIsAGap() {
        begin(Rules.EARLIEST);
        story.table().rollOver("A", "B").trim("A");
        story.discover();
        nothingGiven("A").pass(TimeBounds.UNREAD_LISTING);
        assertThat(story.gaps).as("one listing may lag").isEmpty();
        story.pass(TimeBounds.LISTING_LAG);
        nothingGiven("A").pass(TimeBounds.UNREAD_LISTING);
        assertThat(story.gaps).hasSize(1);
        assertThat(story.gaps.get(0).cause()).isEqualTo(GapCause.VANISHED);
    }

    @Test
    void theReportOfAReaderThatFailedMeanwhileHasNoEffect() {
        begin(Rules.EARLIEST);
        story.table().rollOver("A", "B");
        story.discover();
        story.checkpoint();
        nothingGiven("A");
        story.fail(0).pass(TimeBounds.UNREAD_LISTING);
        assertToldClosed();
        story.report(0);
        nothingGiven("A").pass(TimeBounds.UNREAD_LISTING);
        assertToldClosed("A");
    }

    @Test
    void manyReportsLeadToOneListing() {
        begin(Rules.EARLIEST);
        int before = story.actions(ProtocolAction.ListShards.class).size();
        story.dynamoDb.holdAnswersBack();
        for (int words = 0; words < 10; words++) {
            nothingGiven("A");
        }
        assertThat(story.actions(ProtocolAction.ListShards.class).stream().skip(before))
                .allMatch(list -> list.delay() == TimeBounds.UNREAD_LISTING);
    }

    /** A child cannot be older than the records that were read of its parent. */
    @Test
    void afterAStopAYoungChildIsNotTakenForAsOldAsTheListingBeforeTheStop() {
        begin(Rules.INITIAL);
        story.checkpoint();
        story.table().rollOver("A", "B").rollOver("B", "C").rollOver("C", "D");
        story.pass(16 * HOUR).restore(1).begin();
        long stopEnded = story.now();
        finishAt("A", stopEnded - 14 * HOUR);
        story.pass(4 * HOUR).discover();
        finishAt("B", stopEnded - 10 * HOUR);
        story.pass(5 * HOUR).discover();
        assertThat(story.gaps)
                .as("25 hours after the last listing before the stop")
                .isEmpty();
        finishAt("C", stopEnded - 6 * HOUR);
        assertThat(story.shard("D").proof()).isEqualTo(stopEnded - 6 * HOUR - TimeBounds.CLOCK_TOLERANCE);
        assertThat(story.held()).containsExactly("D");
    }

    @Test
    void theHeadroomOfAChildIsThatOfItsParentsReader() {
        begin(Rules.INITIAL);
        story.checkpoint();
        story.table().rollOver("A", "B");
        story.pass(16 * HOUR).restore(1).begin();
        assertThat(story.state().waitingHeadroom())
                .as("no shard waits, except for its parent")
                .isEqualTo(TimeBounds.RETENTION);
    }

    @Test
    void aChildThatShowsUpAfterItsParentHasEndedIsAsYoung() {
        begin(Rules.INITIAL);
        story.table().rollOver("A", "B").hide("B");
        story.pass(HOUR);
        long last = story.now();
        finishAt("A", last);
        story.pass(3 * HOUR);
        story.table().show("B");
        story.discover();
        assertThat(story.shard("B").proof()).isGreaterThanOrEqualTo(last - TimeBounds.CLOCK_TOLERANCE);
    }

    private void begin(TableRules rules) {
        story = Story.of(1, rules);
        story.table().open("A");
        story.begin();
        if (rules.start().scans()) {
            story.copied();
        }
        assertThat(story.held()).containsExactly("A");
    }

    private Story nothingGiven(String shardId) {
        return story.send(new NothingGiven(0, story.shard(shardId), "trimmed"));
    }

    /** Ends the shard, whose last record was created at this time. */
    private void finishAt(String shardId, long time) {
        ShardSplit ended = (ShardSplit) story.finishSilently(0, shardId).get(0);
        story.send(new SplitsEnded(0, List.of(ended.at(ShardPosition.END, time, ended.dropBefore()))));
    }

    private void assertToldClosed(String... shardIds) {
        assertThat(story.actions(SendShardClosed.class))
                .extracting(SendShardClosed::splitId)
                .containsExactlyElementsOf(List.of(shardIds).stream()
                        .map(id -> ShardSplit.idOf("orders", story.state().epoch(), id))
                        .toList());
    }
}
