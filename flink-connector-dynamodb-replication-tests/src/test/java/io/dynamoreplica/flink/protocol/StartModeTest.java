/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.policy.HandOver;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests of the start of replication: anchor, positions, segments, epochs. */
class StartModeTest {

    @Test
    void aTableIsDescribedThenAnchoredThenScannedAndStreamedLast() {
        Story story = Story.of(2, Rules.INITIAL);
        story.table().open("A");

        story.holdAnswersBack().begin();
        assertThat(story.phase()).isEqualTo(Phase.DESCRIBING);
        story.answerOldest();
        assertThat(story.phase()).isEqualTo(Phase.ANCHORING);
        assertThat(story.held()).isEmpty();
        story.answer();
        assertThat(story.phase()).isEqualTo(Phase.SCANNING);
        assertThat(story.held()).containsExactly("segment-0", "segment-1");

        story.finishSegments();
        assertThat(story.phase()).isEqualTo(Phase.FENCED);
        story.checkpoint();
        assertThat(story.phase()).isEqualTo(Phase.STREAMING);
        assertThat(story.held()).containsExactly("A");
    }

    @Test
    void whatTheSnapshotHoldsIsDroppedFromTheBeginningOfOpenShards() {
        Story story = Story.of(1, Rules.INITIAL);
        story.table().closed("old").open("A", "old");

        story.begin();

        assertThat(story.splits()).containsExactly("segment-0", "A");
        ShardSplit shard = story.shard("A");
        assertThat(shard.position()).isEqualTo(ShardPosition.BEGINNING);
        assertThat(shard.dropBefore()).isEqualTo(Story.BEGINNING - TimeBounds.CLOCK_TOLERANCE);
        assertThat(shard.proof()).isEqualTo(Story.BEGINNING);
    }

    @Test
    void withReadsThatAreNotConsistentNothingIsDroppedAndTheScanWaits() {
        Story story = Story.of(1, Rules.with(Rules.scan(0, 1, false)));
        story.table().open("A");

        story.begin();
        assertThat(story.phase()).isEqualTo(Phase.SETTLING);
        story.pass(Rules.SETTLE - 1);
        assertThat(story.held()).isEmpty();

        story.pass(1);
        assertThat(story.held()).containsExactly("segment-0");
        assertThat(story.shard("A").dropBefore()).isEqualTo(ShardSplit.DROP_NOTHING);
    }

    @Test
    void aRestoreWhileTheScanWaitsWaitsAgain() {
        Story story = Story.of(1, Rules.with(Rules.scan(0, 1, false)));
        story.table().open("A");
        story.begin();
        story.checkpoint();

        story.restore(1).begin();
        story.pass(Rules.SETTLE - 1);
        assertThat(story.phase()).isEqualTo(Phase.SETTLING);
        story.pass(1);
        assertThat(story.held()).containsExactly("segment-0");
    }

    @Test
    void latestReadsOpenShardsFromTheBeginningAndDropsWhatIsOlderThanTheFullMinuteBefore() {
        Story story = Story.of(1, Rules.LATEST);
        story.table().closed("old").open("A", "old");

        story.begin();

        assertThat(story.phase()).isEqualTo(Phase.STREAMING);
        assertThat(story.held()).containsExactly("A");
        ShardSplit shard = story.shard("A");
        assertThat(shard.position()).isEqualTo(ShardPosition.BEGINNING);
        long minute = 60_000;
        assertThat(shard.dropBefore())
                .isEqualTo(Story.BEGINNING / minute * minute - minute)
                .isLessThanOrEqualTo(Story.BEGINNING - minute);
    }

    @Test
    void earliestReadsClosedShardsTooAndTakesWhateverIsKept() {
        Story story = Story.of(1, Rules.EARLIEST);
        story.table().closed("old").open("A", "old");

        story.begin();

        assertThat(story.held()).containsExactly("old");
        assertThat(story.shard("old").position()).isEqualTo(ShardPosition.OLDEST_KEPT);
        assertThat(story.shard("A").position()).isEqualTo(ShardPosition.OLDEST_KEPT);
        assertThat(story.shard("A").dropBefore()).isEqualTo(ShardSplit.DROP_NOTHING);
    }

    @Test
    void aShardThatComesAfterAnEarliestStartIsNeededFromItsFirstRecord() {
        Story story = Story.of(1, Rules.EARLIEST);
        story.table().open("A");
        story.begin();

        story.table().rollOver("A", "B");
        story.discover();

        assertThat(story.shard("B").position()).isEqualTo(ShardPosition.BEGINNING);
    }

    @Test
    void anEarliestStartWaitsTenSecondsForParentsThatAreNamedAndNotListed() {
        Story story = Story.of(1, Rules.EARLIEST);
        story.table().closed("P").open("A", "P").hide("P");

        story.begin();
        story.pass(TimeBounds.LISTING_LAG - 1);
        assertThat(story.held()).isEmpty();

        story.table().show("P");
        story.pass(1);
        assertThat(story.held()).containsExactly("P");
        story.finish(0, "P");
        assertThat(story.held()).containsExactly("A");
    }

    @Test
    void anEarliestStartGoesOnWithoutParentsThatWereTrimmed() {
        Story story = Story.of(1, Rules.EARLIEST);
        story.table().open("A", "trimmed long ago");

        story.begin().pass(TimeBounds.LISTING_LAG);

        assertThat(story.held()).containsExactly("A");
        assertThat(story.gaps).isEmpty();
    }

    @Test
    void theProofOfAShardThatComesLaterIsTheListingThatDidNotShowItYetLessTheLag() {
        Story story = Story.of(1, Rules.LATEST);
        story.table().open("A");
        story.begin().pass(Rules.DISCOVERY).discover();
        long lastWithout = story.now();

        story.table().rollOver("A", "B");
        story.pass(5_000).discover();

        assertThat(story.shard("B").proof()).isEqualTo(lastWithout - TimeBounds.LISTING_LAG);
    }

    @Test
    void theFirstEpochIsTheAnchorsTimeInSeconds() {
        Story story = Story.of(1, Rules.INITIAL);
        story.table().open("A");
        story.begin();
        assertThat(story.state().epoch()).isEqualTo(Story.BEGINNING / 1000);
    }

    @Test
    void anEpochIsMoreThanTheOneBeforeItEvenIfTheClockIsNot() {
        long ahead = Story.BEGINNING / 1000 + 77;
        Story story = Story.of(1, Rules.INITIAL);
        story.table().open("A");
        story.reset(
                Map.of(
                        "orders",
                        TableState.fresh("orders", new TableRules.StartRequest(StartupMode.INITIAL, ""), ahead)),
                1);
        story.begin();
        assertThat(story.state().epoch()).isEqualTo(ahead + 1);
    }

    @Test
    void segmentsAreAsConfiguredOrByParallelismAndSize() {
        assertThat(segmentsOf(Rules.with(Rules.scan(7, 1, true)), 2, 0)).isEqualTo(7);
        assertThat(segmentsOf(Rules.with(Rules.scan(0, 3, true)), 2, 0)).isEqualTo(6);
        assertThat(segmentsOf(Rules.with(Rules.scan(0, 1, true)), 2, SegmentPlan.BYTES_PER_SEGMENT * 9 + 1))
                .isEqualTo(10);
        assertThat(segmentsOf(Rules.with(Rules.scan(0, 1, true)), 2, Long.MAX_VALUE / 2))
                .isEqualTo(SegmentPlan.MOST_SEGMENTS);
    }

    private static long segmentsOf(TableRules rules, int parallelism, long bytes) {
        Story story = Story.of(parallelism, rules);
        story.table().open("A").bytes(bytes);
        story.begin();
        return story.state().splits().entries().stream()
                .filter(entry -> entry.split() instanceof ScanSplit)
                .count();
    }

    @Test
    void handedOverAtOnceShardsFollowTheLastSegmentWithoutACheckpoint() {
        Story story = Story.of(1, Rules.of(StartupMode.INITIAL, HandOver.IMMEDIATE));
        story.table().open("A");

        story.begin();
        assertThat(story.held()).containsExactly("segment-0");
        story.finishSegments();

        assertThat(story.phase()).isEqualTo(Phase.STREAMING);
        assertThat(story.held()).containsExactly("A");
    }

    @Test
    void handedOverAtOnceShardsWaitAgainIfAFailureMakesASegmentUnfinished() {
        Story story = Story.of(1, Rules.of(StartupMode.INITIAL, HandOver.IMMEDIATE));
        story.table().open("A");
        story.begin();
        story.checkpoint();
        story.finishSegments();

        story.failAndReport(0);
        assertThat(story.held()).containsExactly("segment-0");

        story.finishSegments();
        assertThat(story.held()).containsExactly("A");
    }

    @Test
    void withTheScanShardsAreReadWhileSegmentsAre() {
        Story story = Story.of(1, Rules.duringScan());
        story.table().closed("old").open("A", "old");

        story.begin();
        assertThat(story.held()).containsExactlyInAnyOrder("segment-0", "A");

        story.finish(0, "A");
        story.table().rollOver("A", "B");
        story.discover();
        assertThat(story.held()).containsExactlyInAnyOrder("segment-0", "B");
    }

    @Test
    void tablesThatAreAddedBeginWhileTheOthersGoOn() {
        Story story = Story.of(1, Rules.INITIAL, Rules.named("customers", Rules.LATEST));
        story.table().open("A");
        story.tables.get("customers").open("C");
        Story before = Story.of(1, Rules.INITIAL);
        before.table().open("A");
        before.begin().copied();

        story.reset(before.tableStates(), 1);
        story.readers.put(0, before.readers.get(0));
        story.begin();

        assertThat(story.held()).containsExactlyInAnyOrder("A", "C");
        assertThat(story.contradictions).isEmpty();
        assertThat(List.copyOf(story.tableStates().keySet())).containsExactly("orders", "customers");
    }
}
