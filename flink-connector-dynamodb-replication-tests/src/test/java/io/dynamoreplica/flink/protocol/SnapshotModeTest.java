/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests of a copy without a stream: the job ends. */
class SnapshotModeTest {

    private final Story story = Story.of(2, Rules.SNAPSHOT);

    @Test
    void everyReaderIsToldThatNothingMoreComes() {
        story.table().withoutStream();
        story.begin().finishSegments();
        assertThat(story.phase()).isEqualTo(Phase.DONE);
        assertThat(story.readers.values()).allMatch(reader -> reader.noMoreSplits);
        assertThat(story.backlog()).isFalse();
        assertThat(story.gaps).isEmpty();
        assertThat(story.actions(ProtocolAction.ListShards.class)).isEmpty();
    }

    @Test
    void aReaderThatComesBackIsToldAgain() {
        story.begin().finishSegments();
        story.checkpoint();

        story.failAndReport(1);

        assertThat(story.held()).isEmpty();
        assertThat(story.readers.get(1).noMoreSplits).isTrue();
    }

    @Test
    void aReaderThatLostItsEndReadsOnAndIsToldThen() {
        story.begin().finishSegments();

        story.failAndReport(1);
        assertThat(story.holds(1)).containsExactly("segment-1");
        assertThat(story.readers.get(1).noMoreSplits).isFalse();

        story.finishSegments();
        assertThat(story.readers.get(1).noMoreSplits).isTrue();
    }

    /** Flink fails the job over if a message arrives at a reader that has finished. */
    @Test
    void nothingIsSentToReadersThatMayHaveFinished() {
        story.begin().finishSegments();
        story.checkpoint();
        assertThat(actionsAfterNoMoreSplits()).isEmpty();
    }

    @Test
    void aReaderThatLostItsEndIsNoNewsForOneThatMayHaveFinished() {
        story.begin().finishSegments();
        story.failAndReport(1);
        assertThat(actionsAfterNoMoreSplits()).noneMatch(ProtocolAction.SetBacklog.class::isInstance);
        story.finishSegments();
        assertThat(story.backlog()).isFalse();
    }

    private List<ProtocolAction> actionsAfterNoMoreSplits() {
        return story.actions.stream()
                .dropWhile(action -> !(action instanceof ProtocolAction.NoMoreSplits))
                .filter(action -> !(action instanceof ProtocolAction.NoMoreSplits))
                .toList();
    }

    @Test
    void aRestoreOfAFinishedCopyFinishesAgain() {
        story.begin().finishSegments();
        story.checkpoint();
        story.restore(3).begin();
        assertThat(story.readers.values()).allMatch(reader -> reader.noMoreSplits);
    }

    @Test
    void readersGoOnWhileAnotherTableIsCopied() {
        Story two = Story.of(2, Rules.SNAPSHOT, Rules.named("z", Rules.SNAPSHOT));
        two.begin();
        two.finish(0, "segment-0").finish(1, "segment-1");
        assertThat(two.phase()).isEqualTo(Phase.DONE);
        assertThat(two.readers.values()).noneMatch(reader -> reader.noMoreSplits);
        two.finishSegments();
        assertThat(two.readers.values()).allMatch(reader -> reader.noMoreSplits);
    }

    @Test
    void aTableReplacedDuringTheScanStopsTheJob() {
        story.begin();
        story.table().replaceTable();
        story.finishSegments();
        assertThat(story.gaps).singleElement().extracting("cause").hasToString("REPLACED");
        assertThat(story.readers.values()).noneMatch(reader -> reader.noMoreSplits);
    }

    @Test
    void nothingThatHappensToATableAfterItsCopyIsAGap() {
        story.begin().finishSegments();
        story.table().replaceTable();
        story.send(new ProtocolEvent.TableDescribed("orders", 0, story.table().describe(story.now())));
        story.send(new ProtocolEvent.TableGone("orders", "", "not found"));
        assertThat(story.gaps).isEmpty();
    }
}
