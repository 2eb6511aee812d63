/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.ProtocolAction.Assign;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForGap;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoteGap;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoteUnfit;
import io.dynamoreplica.flink.protocol.ProtocolAction.Remedy;
import io.dynamoreplica.flink.protocol.ProtocolEvent.GapReported;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ReaderReset;
import io.dynamoreplica.flink.protocol.ProtocolEvent.SplitsWithdrawn;
import io.dynamoreplica.flink.split.GapCause;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of a copy after a loss: the table is copied again, and no row of the old copy follows. */
class RenewalTest {

    private static final TableRules RULES = Rules.onGap(GapPolicy.RESNAPSHOT, StartupMode.INITIAL);

    @Test
    void aGapOpensTheNextEpochBehindAFenceWithoutARestart() {
        Story story = streaming(2);
        long before = story.state().epoch();
        lose(story);

        assertThat(story.phase()).isEqualTo(Phase.WITHDRAWING);
        assertThat(story.held()).isEmpty();
        assertThat(story.backlog()).isFalse();
        story.checkpoint();

        assertThat(story.phase()).isEqualTo(Phase.SCANNING);
        assertThat(story.state().epoch()).isGreaterThan(before);
        assertThat(story.held()).containsExactlyInAnyOrder("segment-0", "segment-1");
        assertThat(story.backlog()).isTrue();
        story.copied();
        assertThat(story.held()).containsExactly("a");
        assertThat(story.gaps).isEmpty();
        assertThat(story.contradictions).isEmpty();
        assertThat(story.actions(NoteGap.class))
                .extracting(noted -> noted.gap().cause())
                .containsExactly(GapCause.TRIMMED);
    }

    @Test
    void aCheckpointThatBeganBeforeAReaderHadDroppedItsSplitsIsNoFence() {
        Story story = streaming(2);
        long early = story.checkpoints.startEnumerator();
        story.checkpoints.barrier(early, 0);
        lose(story);
        story.checkpoints.barrier(early, 1);
        story.checkpoints.complete(early);
        assertThat(story.phase()).isEqualTo(Phase.WITHDRAWING);

        story.checkpoint();
        assertThat(story.phase()).isEqualTo(Phase.SCANNING);
    }

    @Test
    void oneReaderThatIsAwayHoldsTheNextCopyBack() {
        Story story = streaming(2);
        int away = 1 - readerOf(story);
        story.fail(away);
        lose(story);
        story.checkpoint();
        assertThat(story.phase()).isEqualTo(Phase.WITHDRAWING);

        story.report(away);
        story.checkpoint();
        assertThat(story.phase()).isEqualTo(Phase.SCANNING);
    }

    @Test
    void aReaderThatFailsBeforeTheFenceIsToldAgain() {
        Story story = streaming(2);
        lose(story);
        long fence = story.checkpoints.start();
        story.failAndReport(readerOf(story));
        assertThat(story.held()).as("restored, and told to drop it again").isEmpty();
        assertThat(story.contradictions).isEmpty();
        story.send(new ProtocolEvent.CheckpointCompleted(fence));
        assertThat(story.phase())
                .as("its answer before the failure does not count")
                .isEqualTo(Phase.WITHDRAWING);
        story.checkpoint();
        assertThat(story.phase()).isEqualTo(Phase.SCANNING);
    }

    @Test
    void aRestoreDuringTheWithdrawalBeginsItAgain() {
        Story story = streaming(2);
        lose(story);
        story.checkpoint();
        story.restore(3).begin();
        assertThat(story.phase()).isEqualTo(Phase.WITHDRAWING);

        story.checkpoint();
        assertThat(story.phase()).isEqualTo(Phase.SCANNING);
        story.copied();
        assertThat(story.held()).containsExactly("a");
        assertThat(story.contradictions).isEmpty();
    }

    @Test
    void aRestoreFromBeforeTheGapMeetsItAgain() {
        Story story = streaming(2);
        story.checkpoint();
        lose(story);
        story.restore(1).begin();
        assertThat(story.phase()).isEqualTo(Phase.STREAMING);
        lose(story);
        story.checkpoint();
        assertThat(story.phase()).isEqualTo(Phase.SCANNING);
        assertThat(story.contradictions).isEmpty();
    }

    @Test
    void aReaderRestoredWithSplitsOfAnOlderEpochIsToldToDropThem() {
        Story story = streaming(2);
        List<ReplicationSplit> old =
                List.copyOf(story.readers.get(readerOf(story)).held.values());
        int reader = readerOf(story);
        lose(story);
        story.checkpoint();
        story.send(new ProtocolEvent.ReaderLost(reader));
        List<ReplicationSplit> current =
                List.copyOf(story.readers.get(reader).held.values());
        story.send(new ReaderReset(reader, current));
        story.readers.put(reader, new ReaderModel());
        old.forEach(split -> story.readers.get(reader).held.put(split.splitId(), split));
        story.report(reader);
        assertThat(story.held()).containsExactlyInAnyOrder("segment-0", "segment-1");
        assertThat(story.contradictions).isEmpty();
    }

    @Test
    void whatReadersStillSayOfTheOldCopyIsIgnored() {
        Story story = streaming(2);
        ShardSplit old = story.shard("a");
        int reader = readerOf(story);
        lose(story);
        story.send(new ProtocolEvent.SplitsEnded(reader, List.of(old)));
        story.send(new GapReported(old, GapCause.TRIMMED, "again"));
        story.send(new SplitsWithdrawn(reader, "orders", old.epoch() - 1));
        assertThat(story.phase()).isEqualTo(Phase.WITHDRAWING);
        assertThat(story.actions(NoteGap.class)).hasSize(1);
    }

    @Test
    void otherTablesAreNotDisturbed() {
        Story story = Story.of(2, RULES, Rules.named("customers", RULES));
        story.tables.values().forEach(table -> table.open("a"));
        story.begin().copied();
        TableState customers = story.tableStates().get("customers");
        assertThat(customers.phase()).isEqualTo(Phase.STREAMING);
        lose(story);
        story.checkpoint();
        assertThat(story.phase()).isEqualTo(Phase.SCANNING);
        assertThat(story.tableStates().get("customers").splits()).isEqualTo(customers.splits());
        assertThat(story.held()).contains("a");
    }

    @Test
    void aStreamThatIsSwitchedOffAndOnAgainIsWaitedFor() {
        Story story = streaming(1);
        story.table().disableStream();
        story.discover();
        assertThat(story.phase()).isEqualTo(Phase.WITHDRAWING);
        story.checkpoint();
        assertThat(story.phase()).isEqualTo(Phase.DESCRIBING);
        story.pass(10 * 60_000);
        assertThat(story.phase()).isEqualTo(Phase.DESCRIBING);
        assertThat(story.gaps).isEmpty();

        story.table().replaceStream().enableStream();
        story.pass(TimeBounds.UNFIT_RETRY);
        assertThat(story.phase()).isEqualTo(Phase.SCANNING);
        assertThat(story.state().identity().streamArn()).endsWith("/2");
    }

    @Test
    void aStreamThatStaysOffForAnHourStopsTheJob() {
        Story story = streaming(1);
        story.table().disableStream();
        story.discover();
        story.checkpoint();
        story.pass(TimeBounds.UNFIT_RETRY * (TimeBounds.UNFIT_MOST - 1));
        assertThat(story.gaps).isEmpty();
        story.pass(TimeBounds.UNFIT_RETRY);
        assertThat(story.gaps).extracting(gap -> gap.cause()).containsExactly(GapCause.DISABLED);
    }

    @Test
    void aTableThatIsDeletedAndCreatedAgainIsCopiedAgain() {
        Story story = streaming(1);
        story.table().delete();
        story.discover();
        story.checkpoint();
        story.pass(5 * 60_000);
        story.table().replaceTable().replaceStream();
        story.pass(TimeBounds.UNFIT_RETRY);
        assertThat(story.phase()).isEqualTo(Phase.SCANNING);
        assertThat(story.actions(NoteGap.class))
                .extracting(noted -> noted.gap().cause())
                .containsExactly(GapCause.REPLACED);
    }

    @Test
    void lateNewsThatAnOldStreamIsGoneHasNoEffect() {
        Story story = streaming(1);
        story.send(new ProtocolEvent.TableGone("orders", "arn:orders/stream/0", "not found"));
        assertThat(story.phase()).isEqualTo(Phase.STREAMING);
        story.send(new ProtocolEvent.TableGone("orders", ScriptedTable.ARN, "not found"));
        assertThat(story.phase()).isEqualTo(Phase.WITHDRAWING);
    }

    @Test
    void aTableThatWasNeverCopiedHasNoCopyToRenew() {
        for (StartupMode start : List.of(StartupMode.LATEST_OFFSET, StartupMode.EARLIEST_OFFSET)) {
            Story story = Story.of(1, Rules.onGap(GapPolicy.RESNAPSHOT, start));
            story.table().open("a");
            story.begin();
            lose(story);
            assertThat(story.gaps).as("%s", start).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "INITIAL, ANOTHER_POLICY",
        "FULL_TABLE, COPY_AGAIN",
        "LATEST_OFFSET, IGNORE_OR_COPY",
        "EARLIEST_OFFSET, IGNORE_OR_COPY",
        "SNAPSHOT, RUN_AGAIN"
    })
    void aTableThatStopsIsAdvisedByWhatItsStartCanDo(StartupMode start, Remedy remedy) {
        Story story = Story.of(1, Rules.onGap(GapPolicy.FAIL, start));
        story.table().open("a");
        story.begin();
        story.table().replaceTable();
        story.discover();
        assertThat(story.gaps).extracting(FailForGap::remedy).containsExactly(remedy);
    }

    @Test
    void theNextCopySettlesForItsOwnTimeAndNotForWhatIsLeftOfTheLastOnes() {
        Story story = settling();
        story.pass(Rules.SETTLE - 1_000);
        story.table().replaceTable();
        story.discover();
        story.checkpoint();
        assertThat(story.phase()).isEqualTo(Phase.SETTLING);
        story.pass(Rules.SETTLE - 1);
        assertThat(story.phase()).isEqualTo(Phase.SETTLING);
        story.pass(1);
        assertThat(story.phase()).isEqualTo(Phase.SCANNING);
    }

    @Test
    void aTimerOfTheLastCopyIsNoReasonToLookAtTheTableOnceMore() {
        Story story = settling();
        story.table().disableStream();
        story.discover();
        story.checkpoint();
        story.pass(TimeBounds.UNFIT_RETRY - 1);
        assertThat(story.actions(NoteUnfit.class)).hasSize(1);
        story.pass(1);
        assertThat(story.actions(NoteUnfit.class)).hasSize(2);
    }

    private static Story settling() {
        TableRules rules = new TableRules(
                RULES.table(), RULES.startRequest(), RULES.handOver(), Rules.scan(1, 1, false), RULES.stream());
        Story story = Story.of(1, rules);
        story.table().open("a");
        story.begin();
        assertThat(story.phase()).isEqualTo(Phase.SETTLING);
        return story;
    }

    @Test
    void nothingIsAssignedBetweenTheEpochs() {
        Story story = streaming(2);
        story.table().rollOver("a", "b");
        lose(story);
        int assigned = story.actions(Assign.class).size();
        story.discoverEvery(60_000, 3);
        assertThat(story.actions(Assign.class)).hasSize(assigned);
    }

    private static Story streaming(int parallelism) {
        return Story.streaming(parallelism, "a", RULES);
    }

    private static int readerOf(Story story) {
        return story.readers.keySet().stream()
                .filter(subtask -> story.holds(subtask).contains("a"))
                .findFirst()
                .orElse(0);
    }

    private static void lose(Story story) {
        story.send(new GapReported(story.shard("a"), GapCause.TRIMMED, "trimmed"));
    }
}
