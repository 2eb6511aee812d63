/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.split.GapCause;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests of every cause of a gap, and for each a history without a gap that looks similar. */
class GapRulesTest {

    private final Story story = Story.of(1, Rules.INITIAL);
    private final ScriptedTable table = story.table();

    @BeforeEach
    void streaming() {
        table.closed("old").open("A", "old");
        story.begin().copied();
    }

    private void assertGap(GapCause cause, String... inDetail) {
        assertThat(story.gaps).isNotEmpty();
        assertThat(story.gaps.get(0).cause()).isEqualTo(cause);
        assertThat(story.gaps.get(0).detail()).contains(inDetail);
    }

    @Test
    void anIdleTableForDaysIsNoGap() {
        table.trim("old");
        for (int shard = 0; shard < 20; shard++) {
            String parent = shard == 0 ? "A" : "A" + shard;
            table.rollOver(parent, "A" + (shard + 1));
            story.discoverEvery(2 * Rules.DISCOVERY, 120).finish(0, parent);
            story.checkpoint();
            if (shard >= 5) {
                table.trim(shard == 5 ? "A" : "A" + (shard - 5));
            }
        }
        assertThat(story.gaps).isEmpty();
        assertThat(story.held()).containsExactly("A20");
        assertThat(story.splits()).hasSizeLessThan(12);
    }

    @Test
    void anOpenShardThatRestsForDaysIsNoGap() {
        story.discoverEvery(3_600_000, 72);
        assertThat(story.gaps).isEmpty();
    }

    @Test
    void aChildWhoseParentNoListingShowsIsAGap() {
        table.rollOver("A", "B").rollOver("B", "C").trim("B");
        story.discover().pass(TimeBounds.LISTING_LAG - 1).discover();
        assertThat(story.gaps).as("may lag").isEmpty();

        story.pass(1).discover();
        assertGap(GapCause.ORPHAN, "C", "B");
    }

    @Test
    void aParentThatIsListedLateIsNoGap() {
        table.rollOver("A", "B").rollOver("B", "C").hide("B");
        story.discover().pass(TimeBounds.LISTING_LAG / 2);
        table.show("B");
        story.pass(TimeBounds.LISTING_LAG).discoverEvery(Rules.DISCOVERY, 3);
        assertThat(story.gaps).isEmpty();
    }

    @Test
    void aClosedShardWithoutAChildForLongIsAGap() {
        table.close("A");
        story.discover().pass(TimeBounds.ROLL_OVER - 1).discover();
        assertThat(story.gaps).isEmpty();
        story.pass(1).discover();
        assertGap(GapCause.DISABLED, "A", "15 minutes");
    }

    @Test
    void aClosedShardWhoseChildLagsIsNoGap() {
        table.rollOver("A", "B").hide("B");
        story.discover().pass(TimeBounds.ROLL_OVER - 1).discover();
        table.show("B");
        story.discoverEvery(TimeBounds.ROLL_OVER, 3);
        assertThat(story.gaps).isEmpty();
    }

    @Test
    void aShardThatTwoListingsLackAndThatRefusesAnIteratorHasVanished() {
        table.rollOver("A", "B").rollOver("B", "C");
        story.discover();
        table.trim("B");
        story.discover().pass(TimeBounds.LISTING_LAG - 1).discover();
        assertThat(story.gaps).as("may lag").isEmpty();

        story.pass(1).discover();
        assertGap(GapCause.VANISHED, "B");
    }

    @Test
    void aShardThatListingsLackAndThatGivesAnIteratorIsThere() {
        table.rollOver("A", "B").rollOver("B", "C");
        story.discover();
        table.hide("B");
        story.discoverEvery(Rules.DISCOVERY, 10);
        assertThat(story.actions(ProtocolAction.Probe.class)).isNotEmpty();
        assertThat(story.gaps).isEmpty();
        story.finish(0, "A");
        assertThat(story.held()).containsExactly("B");
    }

    @Test
    void aRefusalThatComesWhenTheShardIsListedAgainOrBeingReadIsNoGap() {
        table.rollOver("A", "B");
        story.discover();
        table.trim("B");
        story.discover().pass(TimeBounds.LISTING_LAG).holdAnswersBack();
        story.discover().answerOldest().answerOldest();
        story.finish(0, "A").answer();
        assertThat(story.gaps).isEmpty();
        assertThat(story.held()).containsExactly("B");
    }

    @Test
    void aShardNotYetReadWhenTheStreamMayHaveTrimmedItIsAGap() {
        Story closedOnly = Story.of(1, Rules.closedShardsOnly(StartupMode.INITIAL));
        closedOnly.table().open("A");
        closedOnly.begin().copied();
        closedOnly.discoverEvery(3_600_000, 23);
        assertThat(closedOnly.gaps).isEmpty();
        closedOnly.discoverEvery(3_600_000, 1);
        assertThat(closedOnly.gaps).hasSize(1);
        assertThat(closedOnly.gaps.get(0).cause()).isEqualTo(GapCause.AGED_OUT);
        assertThat(closedOnly.gaps.get(0).detail()).contains("A", "24 hours");
    }

    @Test
    void aCopyThatTakesLongerThanTheStreamKeepsIsAGap() {
        Story slow = Story.of(1, Rules.INITIAL);
        slow.table().open("A");
        slow.begin();
        slow.discoverEvery(3_600_000, 23);
        assertThat(slow.gaps).isEmpty();
        slow.discoverEvery(3_600_000, 1);
        assertThat(slow.gaps).isNotEmpty();
        assertThat(slow.gaps.get(0).cause()).isEqualTo(GapCause.AGED_OUT);
    }

    @Test
    void aShardThatShowsUpOnlyAfterALongStopIsAGapIfItsParentSaysNoMore() {
        story.checkpoint();
        table.rollOver("A", "B");
        story.pass(25 * 3_600_000L).restore(1).begin();
        assertThat(story.gaps)
                .as("it waits for its parent, and the parent's reader decides")
                .isEmpty();
        story.finish(0, "A");
        assertThat(story.now() - story.shard("B").proof())
                .as("its reader reports it as lost")
                .isGreaterThanOrEqualTo(TimeBounds.RETENTION);
    }

    @Test
    void aShardThatShowsUpAfterAShortStopIsNoGap() {
        story.checkpoint();
        table.rollOver("A", "B");
        story.pass(20 * 3_600_000L).restore(1).begin();
        assertThat(story.gaps).isEmpty();
    }

    @Test
    void aShardReadFromWhateverIsKeptCannotMissAnything() {
        Story earliest = Story.of(1, Rules.EARLIEST);
        earliest.table().closed("P").open("A", "P");
        earliest.begin().discoverEvery(3_600_000, 30);
        assertThat(earliest.gaps).isEmpty();
    }

    @Test
    void aStreamThatIsSwitchedOffIsAGap() {
        table.disableStream();
        story.discover();
        assertGap(GapCause.DISABLED, "no enabled stream");
    }

    @Test
    void anotherStreamIsAGap() {
        table.replaceStream();
        story.discover();
        assertGap(GapCause.REPLACED, "stream/1", "stream/2");
    }

    @Test
    void anotherTableOfTheSameNameIsAGap() {
        table.replaceTable();
        story.discover();
        assertGap(GapCause.REPLACED, "table-id-1", "table-id-2");
    }

    @Test
    void aTableThatIsGoneIsAGap() {
        story.send(new ProtocolEvent.TableGone("orders", "", "DescribeTable was refused"));
        assertGap(GapCause.REPLACED, "DescribeTable");
    }

    @Test
    void aGapThatAReaderMeetsIsAGap() {
        story.send(new ProtocolEvent.GapReported(story.shard("A"), GapCause.TRIMMED, "past 24 hours"));
        assertGap(GapCause.TRIMMED, "/A", "past 24 hours");
    }

    @Test
    void aGapInASplitThatIsNotNeededAnyMoreIsIgnored() {
        Story other = Story.of(1, Rules.LATEST);
        other.table().open("X");
        other.begin();
        story.send(new ProtocolEvent.GapReported(other.shard("X"), GapCause.TRIMMED, "old"));
        assertThat(story.gaps).isEmpty();
    }

    @Test
    void anEarliestStartThatReadOnWithoutAParentThatShowsUpStops() {
        Story earliest = Story.of(1, Rules.EARLIEST);
        earliest.table().closed("P").open("A", "P").hide("P");
        earliest.begin().pass(TimeBounds.LISTING_LAG);
        assertThat(earliest.held()).containsExactly("A");

        earliest.table().show("P");
        earliest.discover();

        assertThat(earliest.gaps).isNotEmpty();
        assertThat(earliest.gaps.get(0).cause()).isEqualTo(GapCause.ORPHAN);
    }
}
