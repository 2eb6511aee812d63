/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.policy.HandOver;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.ProtocolAction.AwaitNextCopy;
import io.dynamoreplica.flink.protocol.ProtocolAction.SendEpochEnded;
import io.dynamoreplica.flink.protocol.ProtocolEvent.CheckpointCompleted;
import io.dynamoreplica.flink.protocol.ProtocolEvent.CopyDue;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ReaderLost;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that every reader is told that a copy is complete: never too early, and at least once in each attempt. */
class EpochEndTest {

    @Test
    void everyReaderIsToldOnceTheFenceHasPassed() {
        Story story = initial();
        story.finish(0, "segment-0");
        long before = story.checkpoints.start();
        story.finish(1, "segment-1");
        story.checkpoints.complete(before);
        assertThat(ends(story))
                .as("all segments are emitted, but not all are covered by a checkpoint")
                .isEmpty();

        story.checkpoint();
        assertThat(story.phase()).isEqualTo(Phase.STREAMING);
        long epoch = story.state().epoch();
        assertThat(ends(story))
                .containsExactly(
                        new SendEpochEnded(0, "orders", epoch, Story.BEGINNING),
                        new SendEpochEnded(1, "orders", epoch, Story.BEGINNING));

        story.checkpoint();
        story.discover();
        assertThat(ends(story)).as("once").hasSize(2);
    }

    @Test
    void aNewAttemptOfAReaderIsToldAgainAndItAlone() {
        Story story = initial().copied();
        story.failAndReport(1);
        assertThat(story.readers.get(0).ends).hasSize(1);
        assertThat(story.readers.get(1).ends).containsExactly(story.state().epoch());
        assertThat(ends(story)).hasSize(3);
    }

    @Test
    void aReaderThatIsMissingIsToldAsItReports() {
        Story story = initial();
        story.finishSegments();
        long id = story.checkpoints.start();
        story.send(new ReaderLost(1));
        story.checkpoints.complete(id);
        assertThat(ends(story)).isEmpty();
        story.failAndReport(1);
        assertThat(ends(story)).extracting(SendEpochEnded::subtask).containsExactly(0, 1);
    }

    @Test
    void aFailureAtTheFencePutsTheEndOffUntilTheSegmentHasEndedAgain() {
        Story story = initial();
        story.checkpoint();
        story.finishSegments();
        long tooEarly = story.checkpoints.start();
        story.failAndReport(1);
        story.finish(1, "segment-1");
        story.send(new CheckpointCompleted(tooEarly));
        assertThat(ends(story)).isEmpty();
        story.checkpoint();
        assertThat(ends(story)).hasSize(2);
    }

    @Test
    void aRestoreFromACheckpointTakenAtTheFenceSaysTheEndOnlyOnceTheFenceHasPassed() {
        Story story = initial();
        story.finishSegments();
        assertThat(story.phase()).isEqualTo(Phase.FENCED);
        story.checkpoint();
        story.actions.clear();

        story.restore(3).start();
        assertThat(story.phase()).isEqualTo(Phase.FENCED);
        story.report(0).report(1);
        assertThat(ends(story)).as("a reader could still have a segment").isEmpty();
        story.report(2);
        assertThat(story.phase()).isEqualTo(Phase.STREAMING);
        assertThat(ends(story)).extracting(SendEpochEnded::subtask).containsExactly(0, 1, 2);
    }

    @Test
    void aRestoreFromACheckpointOfBeforeTheLastEndReadsOnFirst() {
        Story story = initial();
        story.finish(0, "segment-0");
        story.checkpoint();
        story.finishSegments();
        assertThat(story.phase()).isEqualTo(Phase.FENCED);

        story.restore(2).begin();
        assertThat(story.phase()).isEqualTo(Phase.SCANNING);
        story.finishSegments();
        assertThat(ends(story)).isEmpty();
        story.checkpoint();
        assertThat(ends(story)).extracting(SendEpochEnded::subtask).containsExactly(0, 1);
    }

    @Test
    void readersOfAnotherParallelismAreToldAsTheyReport() {
        Story story = initial().copied();
        story.checkpoint();
        long epoch = story.state().epoch();
        story.restore(3).begin();
        assertThat(story.readers.values())
                .allSatisfy(reader -> assertThat(reader.ends).containsExactly(epoch));
    }

    @Test
    void aCopyThatWasGivenUpHasNoEndAndTheNextOneHas() {
        Story story = initial(Rules.onGap(GapPolicy.RESNAPSHOT, StartupMode.INITIAL));
        long first = story.state().epoch();
        story.table().replaceTable();
        story.finishSegments();
        assertThat(story.phase()).isEqualTo(Phase.WITHDRAWING);
        story.checkpoint();
        story.failAndReport(0);
        story.copied();
        assertThat(story.phase()).isEqualTo(Phase.STREAMING);
        assertThat(ends(story)).hasSize(2).allSatisfy(end -> assertThat(end.epoch())
                .isGreaterThan(first));
    }

    @Test
    void theNextScheduledCopyIsNotBegunBeforeTheEndOfTheLastOneIsSaid() {
        Story story = Story.of(2, Rules.onGap(GapPolicy.RESNAPSHOT, StartupMode.FULL_TABLE));
        story.table().withoutStream();
        story.begin().finishSegments();
        long epoch = story.state().epoch();
        story.send(new CopyDue("orders", epoch));
        assertThat(story.phase()).isEqualTo(Phase.FENCED);
        assertThat(story.actions(AwaitNextCopy.class)).isEmpty();
        assertThat(ends(story)).isEmpty();

        story.checkpoint();
        assertThat(story.phase()).isEqualTo(Phase.RESTING);
        assertThat(ends(story)).hasSize(2);
        assertThat(story.actions(AwaitNextCopy.class)).hasSize(1);
    }

    @Test
    void aReaderThatFailsOnTheWayToTheNextScheduledCopyIsToldOfTheEndOfTheLastOne() {
        Story story = late();
        long epoch = story.state().epoch();
        assertThat(story.phase()).isEqualTo(Phase.WITHDRAWING);
        story.failAndReport(1);
        assertThat(story.readers.get(1).ends).as("withdrawing").containsExactly(epoch);

        story.table().delete();
        story.checkpoint();
        assertThat(story.phase()).isEqualTo(Phase.DESCRIBING);
        story.failAndReport(0);
        assertThat(story.readers.get(0).ends).as("describing").containsExactly(epoch);
        assertThat(ends(story)).as("and no other reader is told again").hasSize(4);
    }

    @Test
    void aRestoreOnTheWayToTheNextScheduledCopySaysTheEndOfTheLastOne() {
        Story story = late();
        SendEpochEnded end = ends(story).get(0);
        story.checkpoint();
        story.actions.clear();
        story.restore(1).start();
        assertThat(story.phase()).isEqualTo(Phase.WITHDRAWING);
        story.report(0);
        assertThat(ends(story)).containsExactly(end);
    }

    @Test
    void onceTheNextScheduledCopyHasBegunTheEndOfTheLastOneIsNotSaidAnyMore() {
        Story story = late();
        story.checkpoint();
        assertThat(story.phase()).isEqualTo(Phase.SCANNING);
        story.actions.clear();
        story.failAndReport(1);
        assertThat(ends(story)).isEmpty();
    }

    /** Returns a story whose schedule is shorter than the copy: the next copy is due as soon as one is complete. */
    private static Story late() {
        Story story = Story.of(2, Rules.onGap(GapPolicy.RESNAPSHOT, StartupMode.FULL_TABLE));
        story.table().withoutStream();
        story.begin().copied();
        story.send(new CopyDue("orders", story.state().epoch()));
        assertThat(ends(story)).hasSize(2);
        return story;
    }

    @Test
    void aCopyOfAScheduleThatWasGivenUpHasNoEndWhileItIsWithdrawn() {
        Story story = Story.of(2, Rules.onGap(GapPolicy.RESNAPSHOT, StartupMode.FULL_TABLE));
        story.table().withoutStream();
        story.begin();
        story.table().replaceTable();
        story.finishSegments();
        assertThat(story.phase()).isEqualTo(Phase.WITHDRAWING);
        story.failAndReport(0);
        assertThat(ends(story)).isEmpty();
    }

    @Test
    void aJobThatEndsSaysItToEachReaderBeforeThatOneMayFinish() {
        Story story = Story.of(3, Rules.SNAPSHOT);
        story.table().withoutStream();
        story.start().report(0);
        story.finishSegments();
        assertThat(story.phase()).isEqualTo(Phase.DONE);
        long epoch = story.state().epoch();
        assertThat(story.readers.get(0).ends).containsExactly(epoch);
        assertThat(story.readers.get(0).noMoreSplits).isTrue();

        // The other segments get a slot when the first has finished.
        story.report(1).report(2);
        assertThat(story.readers.values())
                .allSatisfy(reader -> assertThat(reader.ends).containsExactly(epoch))
                .allMatch(reader -> reader.noMoreSplits);
    }

    @Test
    void aTableThatIsCopiedOnceBesideOneThatStreamsWaitsForACheckpointToo() {
        Story story = Story.of(2, Rules.SNAPSHOT, Rules.named("z", Rules.INITIAL));
        story.begin();
        story.finish(0, "segment-0").finish(1, "segment-1");
        assertThat(story.phase()).isEqualTo(Phase.DONE);
        assertThat(ends(story)).isEmpty();
        story.checkpoint();
        assertThat(ends(story)).extracting(SendEpochEnded::table).containsExactly("orders", "orders");
    }

    @Test
    void withoutAFenceTheEndIsSaidAgainAfterAFailureThatVoidedIt() {
        Story story = initial(Rules.of(StartupMode.INITIAL, HandOver.IMMEDIATE));
        story.finishSegments();
        assertThat(ends(story)).hasSize(2);
        story.failAndReport(1);
        assertThat(story.phase()).isEqualTo(Phase.SCANNING);
        assertThat(ends(story)).hasSize(2);
        story.finishSegments();
        assertThat(ends(story)).hasSize(4);
    }

    @ParameterizedTest
    @MethodSource("startsThatCopyNothing")
    void whatWasNeverCopiedHasNoEnd(TableRules rules) {
        Story story = initial(rules).copied();
        assertThat(story.phase()).isEqualTo(Phase.STREAMING);
        story.failAndReport(0);
        assertThat(ends(story)).isEmpty();
    }

    static Stream<TableRules> startsThatCopyNothing() {
        return Stream.of(Rules.LATEST, Rules.EARLIEST);
    }

    private static Story initial() {
        return initial(Rules.INITIAL);
    }

    private static Story initial(TableRules rules) {
        Story story = Story.of(2, rules);
        story.table().open("A");
        return story.begin();
    }

    private static List<SendEpochEnded> ends(Story story) {
        return story.actions(SendEpochEnded.class);
    }
}
