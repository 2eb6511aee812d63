/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** Tests of the order along the lineage of shards, and of the shards that the anchor skips. */
class LineageStoryTest {

    private final Story story = Story.of(1, Rules.INITIAL);
    private final ScriptedTable table = story.table();

    @Test
    void childrenComeAfterTheirParentHasEnded() {
        table.open("A");
        story.begin().copied();

        table.rollOver("A", "B1", "B2");
        story.discover();
        assertThat(story.held()).containsExactly("A");

        story.finish(0, "A");
        assertThat(story.held()).containsExactlyInAnyOrder("B1", "B2");
    }

    @Test
    void severalGenerationsListedAtOnceAreReadOneAfterTheOther() {
        table.open("A");
        story.begin().copied();

        table.rollOver("A", "B").rollOver("B", "C").rollOver("C", "D");
        story.dynamoDb.order = listing -> {
            var reversed = new ArrayList<>(listing);
            Collections.reverse(reversed);
            return reversed;
        };
        story.discover();

        for (String shard : new String[] {"A", "B", "C"}) {
            assertThat(story.held()).containsExactly(shard);
            story.finish(0, shard);
        }
        assertThat(story.held()).containsExactly("D");
    }

    @Test
    void aChildThatIsListedBeforeItsParentWaitsForIt() {
        table.open("A");
        story.begin().copied();
        table.rollOver("A", "B").rollOver("B", "C").hide("B");
        story.discover().finish(0, "A");
        assertThat(story.held()).isEmpty();

        table.show("B");
        story.discover();
        assertThat(story.held()).containsExactly("B");
        story.finish(0, "B");
        assertThat(story.held()).containsExactly("C");
        assertThat(story.gaps).isEmpty();
    }

    @Test
    void theChildrenOfAShardThatEndsAreAskedForAtOnceAndThenMoreAndMoreRarely() {
        table.open("A");
        story.begin().copied();
        table.rollOver("A", "B").hide("B");
        story.actions.clear();

        story.finish(0, "A").pass(2_000);
        assertThat(story.actions(ProtocolAction.ListShards.class))
                .extracting(ProtocolAction.ListShards::delay)
                .containsExactly(0L, 250L, 500L, 1_000L, 2_000L);

        table.show("B");
        story.pass(2_000);
        assertThat(story.held()).containsExactly("B");
        story.actions.clear();
        story.pass(Rules.DISCOVERY);
        assertThat(story.actions).isEmpty();
    }

    @Test
    void theChildrenOfAShardWhoseEndIsHeardAfterAFailureAreAskedForAtOnce() {
        table.open("A");
        story.begin().copied();
        long id = story.checkpoints.startEnumerator();
        story.finishSilently(0, "A");
        story.checkpoints.barrier(id, 0);
        story.checkpoints.complete(id);
        table.rollOver("A", "B");

        story.failAndReport(0);

        assertThat(story.held()).containsExactly("B");
    }

    @Test
    void aListingThatLagsTakesNothingAway() {
        table.open("A").open("Z");
        story.begin().copied();
        table.rollOver("A", "B");
        story.discover();

        table.hide("A", "B", "Z");
        story.discoverEvery(Rules.DISCOVERY, 3).finish(0, "A");

        assertThat(story.held()).containsExactlyInAnyOrder("Z", "B");
        assertThat(story.gaps).isEmpty();
    }

    @Test
    void aListingThatShowsAClosedShardOpenAgainIsNotBelieved() {
        table.open("A");
        story.begin().copied();
        table.rollOver("A", "B");
        story.discover();

        table.open("A");
        story.discover();

        assertThat(story.state().lineage().find("A").orElseThrow().shard().closed())
                .isTrue();
    }

    @Test
    void aParentOnceNamedStaysTheParent() {
        table.open("A");
        story.begin().copied();
        table.rollOver("A", "B");
        story.discover();

        table.open("B");
        story.discover();

        assertThat(story.held()).containsExactly("A");
    }

    @Test
    void shardsClosedBeforeTheAnchorAreNeverRead() {
        table.closed("G").closed("P", "G").open("A", "P");
        story.begin().copied();
        assertThat(story.held()).containsExactly("A");
        story.discoverEvery(Rules.DISCOVERY, 3);
        assertThat(story.held()).containsExactly("A");
    }

    @Test
    void aClosedShardWithAListedAncestorThatIsOpenIsRead() {
        table.open("P").closed("A", "P").closed("B", "A").open("C", "B");
        story.begin().copied();

        assertThat(story.held()).containsExactly("P");
        for (String shard : new String[] {"P", "A", "B"}) {
            story.finish(0, shard);
        }
        assertThat(story.held()).containsExactly("C");
    }

    @Test
    void ancestorsOfTheAnchorThatShowUpLaterAreSkipped() {
        table.closed("G").closed("P", "G").open("A", "P").hide("G", "P");
        story.begin().copied();

        table.show("P", "G");
        story.discoverEvery(Rules.DISCOVERY, 2);

        assertThat(story.held()).containsExactly("A");
        assertThat(story.splits()).doesNotContain("P", "G");
        assertThat(story.gaps).isEmpty();
    }

    @Test
    void aShardOfTheAnchorWaitsWhetherItsParentOnlyLags() {
        table.closed("P").open("A", "P").hide("P");
        story.begin().copied();
        assertThat(story.held()).isEmpty();

        story.discoverEvery(Rules.DISCOVERY, 1);
        assertThat(story.held()).containsExactly("A");
    }

    /**
     * The anchor's listing lagged: P had already rolled over to A, and A to B. P is read from its start, so without
     * A and B its last images would be old.
     */
    @Test
    void generationsBelowAShardThatIsReadAreReadInOrderAlsoIfTheFirstOfThemShowsUpLate() {
        table.open("P").closed("A", "P").open("B", "A").hide("A");
        story.begin().copied();
        assertThat(story.held()).containsExactly("P");

        table.close("P").show("A");
        story.discover();
        assertThat(story.held()).containsExactly("P");

        story.finish(0, "P");
        assertThat(story.held()).containsExactly("A");
        story.finish(0, "A");
        assertThat(story.held()).containsExactly("B");
        assertThat(story.gaps).isEmpty();
    }

    @Test
    void generationsThatWereSkippedAreReadIfALateOneTiesThemToAShardThatIsRead() {
        table.open("P").closed("A", "P").closed("B", "A").open("C", "B").hide("A");
        story.begin().copied();
        assertThat(story.held()).containsExactly("P");

        table.close("P").show("A");
        story.discover();
        for (String shard : new String[] {"P", "A", "B"}) {
            assertThat(story.held()).containsExactly(shard);
            story.finish(0, shard);
        }
        assertThat(story.held()).containsExactly("C");
        assertThat(story.gaps).isEmpty();
    }

    @Test
    void ancestorsOfSkippedShardsThatShowUpLaterAreSkipped() {
        table.closed("P").closed("A", "P").open("B", "A").hide("P");
        story.begin().copied();

        table.show("P");
        story.discover();

        assertThat(story.splits()).doesNotContain("P", "A");
        assertThat(story.held()).containsExactly("B");
    }

    @Test
    void theChildOfASkippedShardIsReadWhenItShowsUpLate() {
        table.closed("P").open("A", "P").hide("A");
        story.begin().copied();
        assertThat(story.held()).isEmpty();

        table.show("A");
        story.discover();

        assertThat(story.held()).containsExactly("A");
    }

    @Test
    void finishedShardsAreForgottenOnceUnlistedForLongAndNeverReadAgain() {
        table.open("A");
        story.begin().copied();
        table.rollOver("A", "B").rollOver("B", "C");
        story.discover().finish(0, "A").finish(0, "B");
        story.checkpoint();

        table.hide("A");
        story.discover().pass(TimeBounds.FORGET_UNLISTED - 1).discover();
        assertThat(story.splits()).contains("A");
        table.show("A");
        story.discover();
        assertThat(story.held()).as("a listing that was late").containsExactly("C");

        table.hide("A");
        story.discover().pass(TimeBounds.FORGET_UNLISTED).discover();
        assertThat(story.splits()).doesNotContain("A").contains("B", "C");
        assertThat(story.held()).containsExactly("C");
        assertThat(story.gaps).isEmpty();
    }

    @Test
    void aShardIsNotForgottenBeforeItsEndIsCovered() {
        table.open("A");
        story.begin().copied();
        table.rollOver("A", "B");
        story.discover().finish(0, "A");

        table.hide("A");
        story.discover().pass(2 * TimeBounds.FORGET_UNLISTED).discover();

        assertThat(story.splits()).contains("A");
    }

    @Test
    void aParentIsRememberedAsLongAsItsChildCanComeBack() {
        table.open("A");
        story.begin().copied();
        table.rollOver("A", "B").hide("B");
        story.discover().finish(0, "A");
        story.checkpoint();
        table.show("B");
        story.discover();
        assertThat(story.held()).containsExactly("B");

        table.hide("A");
        story.discover().pass(2 * TimeBounds.FORGET_UNLISTED).discover();
        story.failAndReport(0).discoverEvery(TimeBounds.LISTING_LAG, 2);

        assertThat(story.held()).containsExactly("B");
        assertThat(story.gaps).isEmpty();
    }
}
