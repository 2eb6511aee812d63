/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoteGap;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoteUnfit;
import io.dynamoreplica.flink.protocol.ProtocolAction.Remedy;
import io.dynamoreplica.flink.protocol.ProtocolAction.SetBacklog;
import io.dynamoreplica.flink.split.GapCause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests of a table that cannot be copied again now: the job waits for an hour and logs it, and other tables
 * continue.
 */
class UnfitTableTest {

    private static final TableRules RULES = Rules.onGap(GapPolicy.RESNAPSHOT, StartupMode.INITIAL);

    @Test
    void aStreamThatIsListedAsOffForAnHourStopsTheJobThoughTheTableSaysThatItIsOn() {
        Story story = streaming(1);
        story.table().disableStream();
        story.discover();
        story.checkpoint();
        story.table().replaceStream().enableStream().streamEnabling(true);
        assertStopsAfterAnHour(story, GapCause.DISABLED);
    }

    @Test
    void aStreamThatIsRefusedForAnHourStopsTheJobThoughTheTableIsThere() {
        Story story = streaming(1);
        story.table().refuseStream(true);
        story.discover();
        story.checkpoint();
        assertStopsAfterAnHour(story, GapCause.REPLACED);
    }

    private static void assertStopsAfterAnHour(Story story, GapCause cause) {
        assertThat(story.phase()).isEqualTo(Phase.DESCRIBING);
        story.pass(TimeBounds.UNFIT_RETRY * (TimeBounds.UNFIT_MOST - 1));
        assertThat(story.gaps).isEmpty();
        story.pass(TimeBounds.UNFIT_RETRY);
        assertThat(story.gaps).extracting(gap -> gap.cause()).containsExactly(cause);
        assertThat(story.gaps.get(0).remedy())
                .as("the policy already does that")
                .isEqualTo(Remedy.BRING_BACK);
    }

    @Test
    void theHourBeginsAgainForTheNextCopy() {
        Story story = streaming(1);
        story.table().refuseStream(true);
        story.discover();
        story.checkpoint();
        story.pass(TimeBounds.UNFIT_RETRY * (TimeBounds.UNFIT_MOST - 1));
        story.table().refuseStream(false);
        story.pass(TimeBounds.UNFIT_RETRY);
        assertThat(story.phase()).isEqualTo(Phase.SCANNING);
        assertThat(story.state().pending().unfitTimes()).isZero();
    }

    @Test
    void eachLookThatFindsATableUnfitIsSaidWithItsReason() {
        Story story = streaming(1);
        story.table().disableStream();
        story.discover();
        story.checkpoint();
        story.table().replaceStream().enableStream().streamEnabling(true);
        story.pass(2 * TimeBounds.UNFIT_RETRY);
        assertThat(story.actions(NoteUnfit.class)).extracting(NoteUnfit::times).containsExactly(1, 2, 3);
        assertThat(story.actions(NoteUnfit.class))
                .extracting(NoteUnfit::detail)
                .containsExactly(
                        "DescribeTable shows no enabled stream",
                        "DescribeStream says that the stream is not enabled",
                        "DescribeStream says that the stream is not enabled");
    }

    @Test
    void aStreamThatDoesNotRecordWhatIsNeededIsSaidToBeSoAtEachLookAndAtTheEnd() {
        Story story = streaming(1);
        story.table().replaceStream().unfitStream("the view type is KEYS_ONLY");
        story.discover();
        assertThat(story.actions(NoteGap.class))
                .as("the loss is another stream, and the detail names its view type")
                .singleElement()
                .satisfies(note -> assertThat(note.gap().detail()).contains("stream/2", "the view type is KEYS_ONLY"));
        story.checkpoint();
        story.pass(TimeBounds.UNFIT_RETRY * TimeBounds.UNFIT_MOST);
        assertThat(story.actions(NoteUnfit.class)).isNotEmpty().allMatch(unfit -> unfit.detail()
                .equals("the view type is KEYS_ONLY"));
        assertThat(story.gaps).singleElement().satisfies(gap -> assertThat(gap.detail())
                .isEqualTo("the view type is KEYS_ONLY"));
    }

    @Test
    void aTableThatWaitsForItsStreamIsNoBacklogThatWouldKeepOthersFromTheirCheckpoints() {
        Story story = Story.of(1, RULES, Rules.named("customers", RULES));
        story.tables.values().forEach(table -> table.open("a"));
        story.begin().copied();
        story.table().disableStream();
        story.discover();
        story.checkpoint();
        assertThat(story.phase()).isEqualTo(Phase.DESCRIBING);
        assertThat(story.backlog()).isFalse();

        story.table().replaceStream().enableStream().streamEnabling(true);
        story.actions.clear();
        story.pass(5 * TimeBounds.UNFIT_RETRY);
        assertThat(story.actions(NoteUnfit.class)).hasSize(5);
        assertThat(story.actions(SetBacklog.class))
                .as("and it does not change between on and off at each look")
                .isEmpty();
        story.table().streamEnabling(false);
        story.pass(TimeBounds.UNFIT_RETRY);
        assertThat(story.phase()).isEqualTo(Phase.SCANNING);
        assertThat(story.backlog()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = StartupMode.class,
            names = {"INITIAL", "FULL_TABLE"})
    void aTableThatIsStillBeingRestoredIsNotCopiedYet(StartupMode start) {
        Story story = Story.of(1, Rules.onGap(GapPolicy.RESNAPSHOT, start));
        story.table().open("a");
        story.begin();
        story.table().replaceTable().readable(false);
        story.finishSegments();
        story.checkpoint();
        story.pass(5 * 60_000);
        assertThat(story.phase()).isEqualTo(Phase.DESCRIBING);
        assertThat(story.held()).isEmpty();
        assertThat(story.actions(NoteUnfit.class))
                .allMatch(unfit -> unfit.detail().contains("not ACTIVE"));

        story.table().readable(true);
        story.pass(TimeBounds.UNFIT_RETRY);
        assertThat(story.phase()).isEqualTo(Phase.SCANNING);
        assertThat(story.gaps).isEmpty();
    }

    @Test
    void aTableThatIsBeingChangedWhileItIsReadIsNoLoss() {
        Story story = streaming(1);
        story.table().readable(false);
        story.discoverEvery(60_000, 3);
        assertThat(story.phase()).isEqualTo(Phase.STREAMING);
    }

    private static Story streaming(int parallelism) {
        return Story.streaming(parallelism, "a", RULES);
    }
}
