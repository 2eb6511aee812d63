/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForRepeatedLoss;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForSlowCopies;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoteGap;
import io.dynamoreplica.flink.protocol.ProtocolAction.NotePause;
import io.dynamoreplica.flink.split.GapCause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests of a copy that takes longer than the stream keeps its records: it is repeated, but not without limit. */
class SlowCopyTest {

    private static final long A_DAY = TimeBounds.RETENTION;

    private final Story story = Story.of(1, Rules.onGap(GapPolicy.RESNAPSHOT, StartupMode.INITIAL));

    @Test
    void theSecondConsecutiveCopyThatIsTooSlowStopsTheJob() {
        begin();
        for (int copy = 1; copy <= 2; copy++) {
            outrun();
            assertThat(story.phase()).as("after copy %d", copy).isEqualTo(Phase.WITHDRAWING);
            assertThat(story.actions(FailForSlowCopies.class)).isEmpty();
            fenceAndPause();
        }
        outrun();
        assertThat(story.actions(FailForSlowCopies.class)).hasSize(1);
        assertThat(story.actions(NoteGap.class))
                .hasSize(3)
                .allMatch(noted -> noted.gap().cause() == GapCause.AGED_OUT)
                .extracting(NoteGap::policy)
                .as("no copy is announced unless it will be made")
                .containsExactly(GapPolicy.RESNAPSHOT, GapPolicy.RESNAPSHOT, GapPolicy.FAIL);
    }

    @Test
    void theErrorEstimatesTheWholeCopyByWhatTheLastOneHasDone() {
        story.table().bytes(4 * SegmentPlan.BYTES_PER_SEGMENT);
        begin();
        outrun();
        fenceAndPause();
        outrun();
        fenceAndPause();
        story.finish(0, "segment-0");
        outrun();
        CopyEstimate estimate = story.actions(FailForSlowCopies.class).get(0).estimate();
        assertThat(estimate.segments()).isEqualTo(4);
        assertThat(estimate.ended()).isEqualTo(1);
        assertThat(estimate.bytes()).isEqualTo(4 * SegmentPlan.BYTES_PER_SEGMENT);
        assertThat(estimate.wholeMillis().orElseThrow()).isEqualTo(4 * estimate.millis());
        assertThat(estimate.millis()).isGreaterThanOrEqualTo(A_DAY);
    }

    @Test
    void aCopyThatCaughtUpInBetweenMakesItAFirstOneAgain() {
        begin();
        for (int copy = 1; copy <= 5; copy++) {
            outrun();
            fenceAndPause();
            catchUp();
        }
        assertThat(story.actions(FailForSlowCopies.class)).isEmpty();
        assertThat(story.gaps).isEmpty();
    }

    @Test
    void theCountSurvivesARestore() {
        begin();
        outrun();
        fenceAndPause();
        outrun();
        fenceAndPause();
        story.checkpoint();
        story.restore(1).begin();
        outrun();
        assertThat(story.actions(FailForSlowCopies.class)).hasSize(1);
    }

    @Test
    void aStreamThatIsReplacedAgainAndAgainIsNoSlowCopy() {
        begin();
        for (int i = 0; i < 5; i++) {
            story.table().replaceTable();
            story.send(new ProtocolEvent.TableDescribed(
                    "orders",
                    0,
                    new ProtocolEvent.Description(
                            new TableState.Identity("id-" + i, ScriptedTable.ARN),
                            true,
                            Optional.empty(),
                            0,
                            story.now())));
            fence();
            story.pass(TimeBounds.pauseBefore(i + 1));
        }
        assertThat(story.actions(FailForSlowCopies.class)).isEmpty();
        assertThat(repeatedLosses()).isEmpty();
        assertThat(story.actions(NoteGap.class)).hasSize(5);
    }

    /** The stream shows a closed shard without a child for a day. This was observed. */
    @Test
    void aClosedShardWithoutAChildLeadsToAFewCopiesWithGrowingPausesAndThenToAStop() {
        story.table().closed("a");
        story.begin().copied();
        for (int minutes = 0; minutes < 24 * 60 && repeatedLosses().isEmpty(); minutes++) {
            story.pass(60_000).discover();
            story.finishSegments();
            fence();
        }
        assertThat(repeatedLosses()).hasSize(1);
        assertThat(repeatedLosses().get(0).renewals()).isEqualTo(TimeBounds.RENEWAL_PAUSES.size());
        assertThat(repeatedLosses().get(0).gap().detail()).contains("shard a", "without a child");
        assertThat(story.actions(NotePause.class))
                .extracting(NotePause::pause)
                .containsExactlyElementsOf(TimeBounds.RENEWAL_PAUSES.stream()
                        .skip(1)
                        .map(Duration::toMillis)
                        .toList());
        assertThat(story.actions(FailForSlowCopies.class)).isEmpty();
        assertThat(story.gaps).isEmpty();
    }

    @Test
    void whileItPausesATableIsNoBacklogAndBeginsNothing() {
        story.table().closed("a");
        story.begin().copied();
        while (story.actions(NotePause.class).isEmpty()) {
            story.pass(60_000).discover();
            story.finishSegments();
            fence();
        }
        long epoch = story.state().epoch();
        assertThat(story.backlog()).isFalse();
        story.pass(TimeBounds.pauseBefore(2) - 60_001).discover();
        assertThat(story.phase()).isEqualTo(Phase.DESCRIBING);
        assertThat(story.state().epoch()).isEqualTo(epoch);
        story.pass(60_001);
        assertThat(story.phase()).isEqualTo(Phase.SCANNING);
        assertThat(story.state().epoch()).isGreaterThan(epoch);
        assertThat(story.backlog()).isTrue();
    }

    private List<FailForRepeatedLoss> repeatedLosses() {
        return story.actions(FailForRepeatedLoss.class);
    }

    @Test
    void theHeadroomOfWhatWaitsFallsAsTheCopyTakes() {
        begin();
        assertThat(story.state().waitingHeadroom()).isEqualTo(A_DAY);
        story.pass(Duration.ofHours(20).toMillis());
        story.discover();
        assertThat(story.state().waitingHeadroom())
                .isEqualTo(A_DAY - Duration.ofHours(20).toMillis());
        story.copied();
        assertThat(story.state().waitingHeadroom()).as("nothing waits").isEqualTo(A_DAY);
    }

    private void begin() {
        story.table().open("a");
        story.begin();
        assertThat(story.phase()).isEqualTo(Phase.SCANNING);
    }

    private void outrun() {
        story.pass(A_DAY);
        story.discover();
    }

    private void fence() {
        story.checkpoint();
    }

    private void fenceAndPause() {
        fence();
        story.pass(TimeBounds.pauseBefore(2));
    }

    private void catchUp() {
        story.copied();
        String shard = story.held().get(0);
        story.table().rollOver(shard, shard + "'");
        story.finish(0, shard);
        story.checkpoint();
        assertThat(story.held()).containsExactly(shard + "'");
        story.send(new ProtocolEvent.GapReported(story.shard(shard + "'"), GapCause.TRIMMED, "the sink was slow"));
        fence();
    }
}
