/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests of the hand-over from segments to shards: it needs a checkpoint that contains every end. */
class FenceTest {

    private final Story story = Story.of(2, Rules.INITIAL);
    private final StoryCheckpoints checkpoints = story.checkpoints;

    @BeforeEach
    void scanning() {
        story.table().open("A");
        story.begin();
    }

    @Test
    void aCheckpointBegunBeforeTheLastEndAndCompletedAfterItOpensNothing() {
        story.finish(0, "segment-0");
        long before = checkpoints.start();
        story.finish(1, "segment-1");
        checkpoints.complete(before);
        assertThat(story.phase()).isEqualTo(Phase.FENCED);
        assertThat(story.held()).isEmpty();

        story.checkpoint();
        assertThat(story.phase()).isEqualTo(Phase.STREAMING);
        assertThat(story.held()).containsExactly("A");
    }

    @Test
    void aSavepointThatNeverNotifiesIsFollowedByACheckpointThatDoes() {
        story.finishSegments();
        checkpoints.abort(checkpoints.start());
        assertThat(story.held()).isEmpty();
        story.checkpoint();
        assertThat(story.held()).containsExactly("A");
    }

    @Test
    void theCompletionOfAnOlderCheckpointIsNotTheFence() {
        long older = checkpoints.start();
        story.finishSegments();
        long newer = checkpoints.start();
        checkpoints.complete(older);
        assertThat(story.held()).isEmpty();
        checkpoints.complete(newer);
        assertThat(story.held()).containsExactly("A");
    }

    @Test
    void aCheckpointThatCompletesWhileTheTableIsVerifiedCounts() {
        story.holdAnswersBack().finishSegments();
        story.checkpoint();
        assertThat(story.phase()).isEqualTo(Phase.VERIFYING);
        story.answer();
        assertThat(story.phase()).isEqualTo(Phase.STREAMING);
    }

    @Test
    void aDescriptionAskedForBeforeTheLastEndDoesNotVerify() {
        story.holdAnswersBack().discover();
        story.finishSegments();
        story.answerOldest();
        assertThat(story.phase()).isEqualTo(Phase.VERIFYING);
        story.answer();
        assertThat(story.phase()).isEqualTo(Phase.FENCED);
    }

    @Test
    void aVerificationAskedForBeforeAFailureDoesNotCountForTheSecondEnd() {
        story.checkpoint();
        story.holdAnswersBack().finishSegments();
        story.failAndReport(1);
        assertThat(story.phase()).isEqualTo(Phase.SCANNING);
        story.finish(1, "segment-1");
        story.answerOldest();
        assertThat(story.phase()).isEqualTo(Phase.VERIFYING);
        story.answer();
        assertThat(story.phase()).isEqualTo(Phase.FENCED);
    }

    @Test
    void aTableReplacedDuringTheScanIsNoticedBeforeTheHandOver() {
        story.table().replaceTable();
        story.finishSegments();
        assertThat(story.gaps).singleElement().extracting("cause").hasToString("REPLACED");
        story.checkpoint();
        assertThat(story.held()).isEmpty();
    }

    @Test
    void aFailureAtTheFenceClosesItUntilTheSegmentHasEndedAgain() {
        story.checkpoint();
        story.finishSegments();
        long tooEarly = checkpoints.start();
        story.fail(1);
        assertThat(story.phase()).isEqualTo(Phase.SCANNING);

        story.report(1);
        assertThat(story.holds(1)).containsExactly("segment-1");
        story.finish(1, "segment-1");
        story.send(new ProtocolEvent.CheckpointCompleted(tooEarly));
        assertThat(story.held()).isEmpty();
        story.checkpoint();
        assertThat(story.held()).containsExactly("A");
    }

    @Test
    void theFenceStaysClosedWhileAReaderIsMissing() {
        story.finishSegments();
        long id = checkpoints.start();
        story.send(new ProtocolEvent.ReaderLost(1));
        checkpoints.complete(id);
        assertThat(story.phase()).isEqualTo(Phase.FENCED);
        story.failAndReport(1);
        assertThat(story.phase()).isEqualTo(Phase.STREAMING);
    }

    @Test
    void aRestoreAtTheFenceOpensItOnceEveryReaderHasReported() {
        story.finishSegments();
        story.checkpoint();
        story.restore(3).start();
        assertThat(story.held()).isEmpty();
        story.report(0).report(1).report(2);
        assertThat(story.phase()).isEqualTo(Phase.STREAMING);
        assertThat(story.held()).containsExactly("A");
    }

    @Test
    void thereIsABacklogWhileScanningAndNoneAtTheFence() {
        assertThat(story.backlog()).isTrue();
        story.finishSegments();
        assertThat(story.phase()).isEqualTo(Phase.FENCED);
        assertThat(story.backlog()).isFalse();
    }

    @Test
    void thereIsNoBacklogWhileAnyTableWaitsAtAFence() {
        Story two = Story.of(2, Rules.INITIAL, Rules.named("z", Rules.INITIAL));
        two.tables.values().forEach(table -> table.open("A"));
        two.begin();
        assertThat(two.backlog()).isTrue();
        two.finish(0, "segment-0").finish(1, "segment-1");
        assertThat(two.phase()).isEqualTo(Phase.FENCED);
        assertThat(two.held()).as("the other table").isNotEmpty();
        assertThat(two.backlog()).isFalse();

        two.checkpoints.complete(two.checkpoints.start());
        assertThat(two.backlog()).isTrue();
    }

    @Test
    void theBacklogIsToldAgainAfterARestore() {
        story.checkpoint();
        story.restore(2).forgetBacklog().start();
        assertThat(story.backlog()).isTrue();

        story.readers.keySet().forEach(story::report);
        story.copied();
        story.checkpoint();
        story.restore(2).forgetBacklog().start();
        assertThat(story.backlog()).isFalse();
    }
}
