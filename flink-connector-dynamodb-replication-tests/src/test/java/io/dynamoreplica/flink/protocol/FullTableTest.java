/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.ProtocolAction.AwaitNextCopy;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoMoreSplits;
import io.dynamoreplica.flink.protocol.ProtocolEvent.CopyDue;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests of a table that is copied on a schedule: each copy is an epoch, and copies never overlap. */
class FullTableTest {

    private final Story story = Story.of(2, Rules.onGap(GapPolicy.RESNAPSHOT, StartupMode.FULL_TABLE));

    FullTableTest() {
        story.table().withoutStream();
        story.begin();
    }

    @Test
    void eachCopyIsAnEpochBehindAFence() {
        long first = story.state().epoch();
        story.finishSegments();
        assertThat(story.phase()).isEqualTo(Phase.FENCED);
        story.checkpoint();
        assertThat(story.phase()).isEqualTo(Phase.RESTING);
        assertThat(story.actions(NoMoreSplits.class)).isEmpty();
        assertThat(story.actions(AwaitNextCopy.class))
                .containsExactly(new AwaitNextCopy("orders", first, Story.BEGINNING));

        story.pass(3_600_000);
        due(first);
        assertThat(story.phase()).isEqualTo(Phase.WITHDRAWING);
        story.checkpoint();
        assertThat(story.phase()).isEqualTo(Phase.SCANNING);
        assertThat(story.state().epoch()).isGreaterThan(first);
        story.copied();
        assertThat(story.phase()).isEqualTo(Phase.RESTING);
        assertThat(story.actions(AwaitNextCopy.class)).hasSize(2);
    }

    @Test
    void aTimeThatComesDuringACopyOpensNoSecondOne() {
        long first = story.state().epoch();
        due(first);
        assertThat(story.phase()).isEqualTo(Phase.SCANNING);
        story.copied();
        due(first - 1);
        assertThat(story.phase()).as("a timer of an earlier copy").isEqualTo(Phase.RESTING);
    }

    @Test
    void aRestoreAsksForTheNextTimeAgainWithTheBeginningOfTheLastCopy() {
        story.finishSegments();
        story.checkpoint();
        long epoch = story.state().epoch();
        int asked = story.actions(AwaitNextCopy.class).size();
        story.restore(1).begin();
        List<AwaitNextCopy> again = story.actions(AwaitNextCopy.class);
        assertThat(again).hasSize(asked + 1);
        assertThat(again.get(asked)).isEqualTo(new AwaitNextCopy("orders", epoch, Story.BEGINNING));
    }

    @Test
    void aReaderThatFailsBeforeItsEndIsSafeReadsOnAndTheCopyIsVerifiedAgain() {
        story.finishSegments();
        story.failAndReport(0);
        assertThat(story.phase()).isEqualTo(Phase.SCANNING);
        story.copied();
        assertThat(story.phase()).isEqualTo(Phase.RESTING);
    }

    @Test
    void aTableThatWasReplacedDuringACopyIsCopiedAgainAtOnce() {
        story.table().replaceTable();
        story.finishSegments();
        assertThat(story.phase()).isEqualTo(Phase.WITHDRAWING);
        assertThat(story.gaps).isEmpty();
        story.checkpoint();
        assertThat(story.phase()).isEqualTo(Phase.SCANNING);
    }

    @Test
    void aTableThatIsDeletedAfterItsCopyIsMissedOnlyByTheNextOne() {
        story.finishSegments();
        story.table().delete();
        story.discoverEvery(60_000, 5);
        assertThat(story.phase()).isEqualTo(Phase.FENCED);
        story.checkpoint();
        story.discoverEvery(60_000, 5);
        assertThat(story.phase()).isEqualTo(Phase.RESTING);
        assertThat(story.gaps).isEmpty();
    }

    private void due(long epoch) {
        story.send(new CopyDue("orders", epoch));
    }
}
