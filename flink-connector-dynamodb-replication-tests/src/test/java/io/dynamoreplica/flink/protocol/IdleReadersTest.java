/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.policy.HandOver;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.ProtocolAction.SendNothingToRead;
import io.dynamoreplica.flink.protocol.ProtocolEvent.CopyDue;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests of which readers are told that they must not hold back the watermark, and when. */
class IdleReadersTest {

    @Test
    void readersWithoutAShardAreToldOnceTheShardsAreGivenOut() {
        Story story = Story.of(3, Rules.INITIAL);
        story.table().open("A");
        story.begin().finishSegments();
        assertThat(told(story)).as("each may get a shard after the fence").isEmpty();

        story.checkpoint();
        assertThat(story.holds(0)).containsExactly("A");
        assertThat(told(story)).containsExactly(1, 2);

        story.checkpoint();
        story.discover();
        assertThat(told(story)).as("once").containsExactly(1, 2);
    }

    @Test
    void withAShardForEachReaderNobodyIsTold() {
        Story story = Story.of(2, Rules.INITIAL);
        story.table().open("A").open("B");
        story.begin().copied();
        assertThat(told(story)).isEmpty();
    }

    @Test
    void aNewAttemptOfAReaderIsToldAgain() {
        Story story = Story.of(2, Rules.LATEST);
        story.table().open("A");
        story.begin();
        story.checkpoint();
        assertThat(told(story)).containsExactly(1);

        story.fail(1);
        assertThat(told(story)).containsExactly(1);
        story.report(1);
        assertThat(told(story)).containsExactly(1, 1);
    }

    /** The reader is about to get the child, whose changes may be older than those of other shards. */
    @Test
    void aReaderWhoseShardHasEndedIsNotToldWhileTheChildIsNotListed() {
        Story story = Story.of(2, Rules.LATEST);
        story.table().open("A").open("B").open("C");
        story.begin();
        assertThat(story.holds(1)).containsExactly("B");
        story.finish(1, "B");
        story.checkpoint();
        story.discover();
        assertThat(told(story)).as("the child of B is not listed yet").isEmpty();

        story.table().rollOver("B", "B1");
        story.discover();
        assertThat(story.holds(1)).containsExactly("B1");
        assertThat(told(story)).isEmpty();
    }

    @Test
    void aShardThatComesAfterOneThatIsReadKeepsNobodyWaiting() {
        Story story = Story.of(2, Rules.LATEST);
        story.table().open("A");
        story.begin();
        story.table().rollOver("A", "A1");
        story.discover();
        assertThat(story.held()).containsExactly("A");
        assertThat(told(story)).containsExactly(1);
    }

    @Test
    void theShardOfAnotherTableThatIsAboutToComeKeepsReadersWaiting() {
        Story story = Story.of(2, Rules.LATEST, Rules.named("users", Rules.INITIAL));
        story.tables.values().forEach(table -> table.open("A"));
        story.begin().finishSegments();
        assertThat(told(story)).isEmpty();

        story.checkpoint();
        assertThat(story.holds(1)).containsExactly("A");
        assertThat(told(story)).isEmpty();
    }

    @Test
    void whoReadsClosedShardsOnlyWaitsForNoOpenOne() {
        Story story = Story.of(2, Rules.closedShardsOnly(StartupMode.LATEST_OFFSET));
        story.table().open("A");
        story.begin();
        assertThat(story.held()).isEmpty();
        assertThat(told(story)).containsExactly(0, 1);
    }

    @Test
    void everybodyIsToldBetweenTwoCopies() {
        Story story = Story.of(2, Rules.of(StartupMode.FULL_TABLE, HandOver.CHECKPOINT));
        story.begin().copied();
        assertThat(story.phase()).isEqualTo(Phase.RESTING);
        assertThat(told(story)).containsExactly(0, 1);

        story.send(new CopyDue("orders", story.state().epoch()));
        story.checkpoint();
        story.copied();
        assertThat(story.phase()).isEqualTo(Phase.RESTING);
        assertThat(told(story)).containsExactly(0, 1, 0, 1);
    }

    @Test
    void aTableThatWaitsToBeFitKeepsNobodyWaiting() {
        Story story =
                Story.of(2, Rules.LATEST, Rules.named("users", Rules.onGap(GapPolicy.RESNAPSHOT, StartupMode.INITIAL)));
        story.tables.values().forEach(table -> table.open("A"));
        story.begin().copied();
        story.actions.clear();
        story.tables.get("users").disableStream();
        story.discover();
        story.checkpoint();
        story.pass(TimeBounds.LEAF_RETRY).discover();
        assertThat(story.tableStates().get("users").pending().unfitTimes()).isPositive();
        assertThat(told(story)).containsExactly(1);
    }

    @Test
    void whoIsToFinishIsToldNothingElse() {
        Story story = Story.of(2, Rules.SNAPSHOT);
        story.begin().copied();
        assertThat(story.phase()).isEqualTo(Phase.DONE);
        assertThat(told(story)).isEmpty();
    }

    private static List<Integer> told(Story story) {
        return story.actions(SendNothingToRead.class).stream()
                .map(SendNothingToRead::subtask)
                .toList();
    }
}
