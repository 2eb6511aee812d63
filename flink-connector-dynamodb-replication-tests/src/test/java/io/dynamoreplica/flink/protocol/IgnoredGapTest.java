/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoteGap;
import io.dynamoreplica.flink.protocol.ProtocolEvent.GapReported;
import io.dynamoreplica.flink.split.GapCause;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests of {@code ignore}: a gap is counted once, and replication continues with what is left in the stream. */
class IgnoredGapTest {

    private final Story story = Story.of(1, Rules.onGap(GapPolicy.IGNORE, StartupMode.INITIAL));
    private final ScriptedTable table = story.table();

    IgnoredGapTest() {
        table.open("A");
        story.begin().copied();
    }

    @Test
    void aPositionThatIsTrimmedIsNotedAndItsReaderGoesOn() {
        ShardSplit split = story.shard("A");
        story.discover();
        story.send(new GapReported(split, GapCause.TRIMMED, "trimmed"));
        assertThat(story.held()).containsExactly("A");
        assertNoted(GapCause.TRIMMED);
        Gap.Range range = story.actions(NoteGap.class).get(0).gap().range();
        assertThat(range.from()).isEqualTo(split.proof());
        assertThat(range.to()).isEqualTo(story.state().stream().lastListing());
    }

    @Test
    void aShardThatAgedOutIsReadFromTheOldestRecordKept() {
        Story closedOnly = closedOnly("B");
        closedOnly.discoverEvery(3_600_000, 30);
        assertThat(closedOnly.gaps).isEmpty();
        assertThat(closedOnly.actions(NoteGap.class))
                .extracting(noted -> noted.gap().cause())
                .containsExactly(GapCause.AGED_OUT);
        assertThat(closedOnly.shard("B").position()).isEqualTo(ShardPosition.OLDEST_KEPT);
        closedOnly.table().close("B");
        closedOnly.discover();
        assertThat(closedOnly.held()).containsExactly("B");
    }

    @Test
    void aShardThatVanishedIsGivenToAReaderWhichFindsNothing() {
        table.rollOver("A", "B").rollOver("B", "C");
        story.discover();
        table.trim("B");
        story.discoverEvery(60_000, 5);
        assertNoted(GapCause.VANISHED);
        story.finish(0, "A").finish(0, "B");
        assertThat(story.held()).containsExactly("C");
    }

    @Test
    void aChildWhoseParentIsGoneDoesNotWaitForItAnyMore() {
        table.rollOver("A", "B").rollOver("B", "C").trim("B");
        story.discover().discoverEvery(60_000, 5);
        assertNoted(GapCause.ORPHAN);
        assertThat(story.held()).containsExactly("A", "C");
    }

    @Test
    void allThatOneListingShowsToBeLostIsIgnoredAtOnce() {
        int orphans = 200;
        for (int i = 0; i < orphans; i++) {
            table.open("orphan-" + i, "trimmed-" + i);
        }
        story.discover();
        story.pass(TimeBounds.LISTING_LAG).discover();
        assertThat(story.actions(NoteGap.class))
                .hasSize(orphans)
                .allMatch(noted -> noted.gap().cause() == GapCause.ORPHAN)
                .extracting(noted -> noted.gap().shardId())
                .doesNotHaveDuplicates();
        assertThat(story.held()).hasSize(1 + orphans);
    }

    @Test
    void aShardThatIsLostInTwoWaysIsCountedOnce() {
        table.open("C", "trimmed");
        story.discover();
        story.pass(TimeBounds.RETENTION).discover();
        assertThat(story.actions(NoteGap.class))
                .extracting(noted -> noted.gap().cause())
                .containsExactly(GapCause.ORPHAN);
        story.discoverEvery(60_000, 3);
        assertNoted(GapCause.ORPHAN);
    }

    @Test
    void shardsThatAgedOutTogetherAreReadFromTheOldestRecordKeptTogether() {
        Story closedOnly = closedOnly("B", "C");
        closedOnly.pass(TimeBounds.RETENTION).discover();
        assertThat(closedOnly.actions(NoteGap.class))
                .extracting(noted -> noted.gap().cause())
                .containsExactly(GapCause.AGED_OUT, GapCause.AGED_OUT);
        assertThat(closedOnly.shard("B").position()).isEqualTo(ShardPosition.OLDEST_KEPT);
        assertThat(closedOnly.shard("C").position()).isEqualTo(ShardPosition.OLDEST_KEPT);
    }

    /** Returns a story that is copied, with shards that wait until they are closed. */
    private static Story closedOnly(String... shards) {
        Story story = Story.of(1, Rules.closedShardsOnly(StartupMode.INITIAL, GapPolicy.IGNORE));
        List.of(shards).forEach(story.table()::open);
        return story.begin().copied();
    }

    @Test
    void aParentThatShowsUpBehindItsChildIsLeftOut() {
        table.rollOver("A", "B").rollOver("B", "C").hide("B");
        story.discover().discoverEvery(60_000, 2);
        assertThat(story.held()).containsExactly("A", "C");
        table.show("B");
        story.discover().discoverEvery(60_000, 2);
        assertThat(story.actions(NoteGap.class)).hasSize(2);
        story.finish(0, "A");
        assertThat(story.held()).containsExactly("C");
        assertThat(story.splits()).doesNotContain("B");
    }

    @Test
    void anotherStreamIsReadFromTheOldestRecordKeptInTheSameEpoch() {
        long epoch = story.state().epoch();
        table.disableStream();
        story.discover();
        story.checkpoint();
        table.replaceStream().enableStream().close("A").open("A2").closed("B2").open("C2", "B2");
        story.pass(TimeBounds.UNFIT_RETRY).pass(TimeBounds.LISTING_LAG);
        assertNoted(GapCause.DISABLED);
        assertThat(story.phase()).isEqualTo(Phase.STREAMING);
        assertThat(story.state().epoch()).isEqualTo(epoch);
        assertThat(story.held()).contains("A2", "B2").doesNotContain("C2");
        assertThat(story.shard("A2").position()).isEqualTo(ShardPosition.OLDEST_KEPT);
        assertThat(story.shard("A2").dropBefore()).isEqualTo(ShardSplit.DROP_NOTHING);
        story.finish(0, "B2");
        assertThat(story.held()).contains("C2");
        assertThat(story.splits()).noneMatch(name -> name.startsWith("segment"));
    }

    @Test
    void aStreamThatWasNotReplacedAfterAllIsCopiedAgain() {
        table.disableStream();
        story.discover();
        story.checkpoint();
        table.enableStream();
        story.pass(TimeBounds.UNFIT_RETRY);
        assertThat(story.phase()).isEqualTo(Phase.SCANNING);
    }

    @Test
    void aCopyThatIsNotCompleteBeginsAgainWhenItsStreamIsReplaced() {
        Story copying = Story.of(1, Rules.onGap(GapPolicy.IGNORE, StartupMode.INITIAL));
        copying.table().open("A");
        copying.begin();
        long epoch = copying.state().epoch();
        copying.table().replaceStream();
        copying.discover();
        copying.checkpoints.complete(copying.checkpoints.start());
        assertThat(copying.phase()).isEqualTo(Phase.SCANNING);
        assertThat(copying.state().epoch()).isGreaterThan(epoch);
        assertThat(copying.actions(NoteGap.class))
                .extracting(NoteGap::policy)
                .as("the remedy that is applied, not the configured one")
                .containsExactly(GapPolicy.RESNAPSHOT);
    }

    @Test
    void aClosedShardWithoutAChildIsCountedOncePerQuarterOfAnHour() {
        table.close("A");
        story.discover().discoverEvery(60_000, 31);
        assertThat(story.actions(NoteGap.class))
                .hasSize(2)
                .allMatch(noted -> noted.gap().cause() == GapCause.DISABLED);
    }

    private void assertNoted(GapCause cause) {
        assertThat(story.gaps).isEmpty();
        assertThat(story.contradictions).isEmpty();
        assertThat(story.actions(NoteGap.class))
                .hasSize(1)
                .allMatch(noted -> noted.gap().cause() == cause)
                .allMatch(noted -> noted.policy() == GapPolicy.IGNORE);
    }
}
