/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.ProtocolEvent.GapReported;
import io.dynamoreplica.flink.split.GapCause;
import io.dynamoreplica.flink.split.ReplicationSplit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests of the reports of a reader after the reader, or the whole job, goes back to a checkpoint. */
class FailoverStoryTest {

    private final Story story = Story.of(2, Rules.LATEST);
    private final ScriptedTable table = story.table();
    private final StoryCheckpoints checkpoints = story.checkpoints;

    /** Reader 0 reads A, reader 1 reads B, and a checkpoint contains both. */
    @BeforeEach
    void streaming() {
        table.open("A").open("B");
        story.begin();
        story.checkpoint();
    }

    @Test
    void anEndThatNoCheckpointHasIsVoidAfterAFailureAndItsChildrenWaitAgain() {
        table.rollOver("A", "A1");
        story.finish(0, "A");
        assertThat(story.holds(0)).containsExactly("A1");

        story.failAndReport(0);
        assertThat(story.holds(0)).containsExactly("A");
        story.finish(0, "A");
        assertThat(story.holds(0)).containsExactly("A1");
    }

    @Test
    void anEndThatACheckpointHasStandsAfterAFailure() {
        table.rollOver("A", "A1");
        story.finish(0, "A");
        story.checkpoint();

        story.failAndReport(0);

        assertThat(story.holds(0)).containsExactly("A1");
        assertThat(story.contradictions).isEmpty();
    }

    @Test
    void aSplitGivenAfterTheCheckpointComesBackAndIsGivenAgain() {
        table.open("C");
        story.discover();
        assertThat(story.held()).contains("C");

        story.fail(0).fail(1);
        assertThat(story.held()).doesNotContain("C");
        story.report(0).report(1);
        assertThat(story.held()).containsOnlyOnce("A", "B", "C");
    }

    @Test
    void aSplitThatEndedAndComesBackIsUnfinished() {
        table.open("C");
        story.discover();
        int reader = story.holds(0).contains("C") ? 0 : 1;
        story.finish(reader, "C");
        assertThat(story.held()).doesNotContain("C");

        story.failAndReport(reader);
        assertThat(story.held()).contains("C");
    }

    @Test
    void aReportThatIsLostBetweenTheTwoSnapshotsIsMadeUpForByTheReader() {
        long id = checkpoints.startEnumerator();
        story.finishSilently(0, "A");
        checkpoints.barrier(id, 0);
        checkpoints.barrier(id, 1);
        checkpoints.complete(id);
        table.rollOver("A", "A1");

        story.restore(2).begin();

        assertThat(story.held()).containsExactlyInAnyOrder("A1", "B");
        assertThat(story.contradictions).isEmpty();
        int reader = story.keeps(0).isEmpty() ? 1 : 0;
        assertThat(story.keeps(reader)).as("the only reader with this end").containsExactly("A");
        story.checkpoint();
        assertThat(story.keeps(reader)).isEmpty();
    }

    @Test
    void aReportBetweenTheTwoSnapshotsIsNotCoveredByThatCheckpoint() {
        long id = checkpoints.startEnumerator();
        story.finish(0, "A");
        checkpoints.barrier(id, 0);
        checkpoints.barrier(id, 1);
        checkpoints.complete(id);
        assertThat(story.keeps(0)).containsExactly("A");

        story.checkpoint();
        assertThat(story.keeps(0)).isEmpty();
    }

    @Test
    void finishedSplitsAreForgottenOnlyOnceCovered() {
        story.finish(0, "A");
        assertThat(story.keeps(0)).containsExactly("A");
        long id = checkpoints.start();
        assertThat(story.keeps(0)).containsExactly("A");
        checkpoints.complete(id);
        assertThat(story.keeps(0)).isEmpty();
    }

    @Test
    void whatAReaderReportsAgainAlthoughCoveredItIsToldToForgetAgain() {
        story.finish(0, "A");
        story.checkpoint();

        story.fail(0);
        assertThat(story.keeps(0)).as("from the checkpoint").containsExactly("A");
        story.report(0);
        assertThat(story.keeps(0)).isEmpty();
    }

    @Test
    void afterARestoreAtAnotherParallelismEveryEndIsForgotten() {
        story.finish(0, "A").finish(1, "B");
        story.checkpoint();

        story.restore(3).begin();

        assertThat(story.keeps(0)).isEmpty();
        assertThat(story.keeps(1)).isEmpty();
        assertThat(story.contradictions).isEmpty();
    }

    @Test
    void anEndTwiceReportedIsOneEnd() {
        List<ReplicationSplit> ended = story.finishSilently(0, "A");
        table.rollOver("A", "A1");
        story.send(new ProtocolEvent.SplitsEnded(0, ended));
        story.send(new ProtocolEvent.SplitsEnded(0, ended));
        assertThat(story.held()).containsExactlyInAnyOrder("A1", "B");
    }

    @Test
    void anEndThatAnotherReaderClaimsDoesNotCount() {
        table.rollOver("A", "A1");
        List<ReplicationSplit> ended = story.finishSilently(0, "A");
        story.send(new ProtocolEvent.SplitsEnded(1, ended));
        assertThat(story.held()).doesNotContain("A1");
    }

    @Test
    void aSplitThatIsGivenAwayAndReportedByNobodyStopsTheJob() {
        story.restore(2).start();
        story.readers.get(0).held.clear();
        story.report(0);
        assertThat(story.contradictions).isEmpty();
        story.report(1);
        assertThat(story.contradictions)
                .singleElement()
                .extracting("detail")
                .asString()
                .contains("no reader has", "/A");
    }

    @Test
    void aSplitThatAReaderNoLongerHasStopsTheJob() {
        story.fail(0);
        story.readers.get(0).held.clear();
        story.report(0);
        assertThat(story.contradictions)
                .singleElement()
                .extracting("detail")
                .asString()
                .contains("reader 0 was given, and no longer has", "/A");
    }

    @Test
    void aSplitThatNobodyKnowsStopsTheJob() {
        Story other = Story.of(1, Rules.LATEST);
        other.table().open("X");
        other.begin();
        story.fail(0);
        story.readers.get(0).held.putAll(other.readers.get(0).held);
        story.report(0);
        assertThat(story.contradictions)
                .singleElement()
                .extracting("detail")
                .asString()
                .contains("reader 0 holds", "/X", "not known");
    }

    @Test
    void aSplitThatTwoReadersHoldStopsTheJob() {
        story.fail(0);
        story.readers.get(0).held.putAll(story.readers.get(1).held);
        story.report(0);
        assertThat(story.contradictions)
                .singleElement()
                .extracting("detail")
                .asString()
                .contains("/B");
    }

    @Test
    void anEndThatAReaderTakesBackInItsReportIsVoidAlsoIfNobodySaidThatItWasReset() {
        story.finish(0, "A");
        story.failWithoutReset(0).report(0);
        table.rollOver("A", "A1");
        story.discover();

        assertThat(story.held()).contains("A").doesNotContain("A1");
        assertThat(story.contradictions).isEmpty();
    }

    @Test
    void aWithdrawalThatAReaderTakesBackIsAwaitedAgainAlsoIfNobodySaidThatItWasReset() {
        TableRules rules = Rules.onGap(GapPolicy.RESNAPSHOT, StartupMode.INITIAL);
        Story copied = Story.of(2, rules);
        copied.table().open("A");
        copied.begin().copied();
        copied.checkpoints.complete(copied.checkpoints.start());
        copied.send(new GapReported(copied.shard("A"), GapCause.TRIMMED, "trimmed"));
        copied.checkpoints.start();

        copied.failWithoutReset(0);
        long next = copied.checkpoints.startEnumerator();
        copied.report(0);
        copied.checkpoints.barrier(next, 0);
        copied.checkpoints.barrier(next, 1);
        copied.checkpoints.complete(next);
        assertThat(copied.phase())
                .as("its answer before the failure does not count")
                .isEqualTo(Phase.WITHDRAWING);

        copied.checkpoints.complete(copied.checkpoints.start());
        assertThat(copied.phase()).isEqualTo(Phase.SCANNING);
    }
}
