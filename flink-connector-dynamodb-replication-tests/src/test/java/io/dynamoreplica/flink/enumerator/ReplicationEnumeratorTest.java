/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.config.ReplicationConfigParser;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.EnumeratorState;
import io.dynamoreplica.flink.protocol.SplitEntry;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.split.EpochEnded;
import io.dynamoreplica.flink.split.ForgetFinished;
import io.dynamoreplica.flink.split.NothingToRead;
import io.dynamoreplica.flink.split.ReaderReport;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardSplit;
import io.dynamoreplica.flink.split.SplitsFinished;
import io.dynamoreplica.flink.split.SplitsWithdrawn;
import io.dynamoreplica.flink.split.WithdrawSplits;
import io.dynamoreplica.flink.state.EnumeratorStateSerializer;
import io.dynamoreplica.flink.testing.fake.CallKind;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.StreamViewType;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The enumerator between a model of Flink's coordinator and an account in memory. */
class ReplicationEnumeratorTest {

    private static final EnumeratorState NOTHING = new EnumeratorState(Map.of());

    private final FakeDynamoDb db = new FakeDynamoDb();
    private final List<ReplicationEnumerator> opened = new ArrayList<>();
    private final CoordinatorModel flink = new CoordinatorModel(2);

    @BeforeEach
    void table() {
        db.createTable(TableSpec.named("orders"));
    }

    @AfterEach
    void close() {
        opened.forEach(ReplicationEnumerator::close);
        db.close();
    }

    private ReplicationEnumerator open(CoordinatorModel context, StartupMode mode, EnumeratorState restored) {
        return open(context, mode, restored, "fail");
    }

    private ReplicationEnumerator open(
            CoordinatorModel context, StartupMode mode, EnumeratorState restored, String onGap) {
        ReplicationConfig config = ReplicationConfigParser.parse(
                Map.of(
                        "table-name",
                        "orders",
                        "scan.startup.mode",
                        mode.toString(),
                        "scan.snapshot.total-segments",
                        "2",
                        "scan.stream.on-gap",
                        onGap),
                List.of());
        ReplicationEnumerator enumerator = new ReplicationEnumerator(context, config, db.service(), restored);
        opened.add(enumerator);
        return enumerator;
    }

    private static void report(CoordinatorModel context, ReplicationEnumerator enumerator, ReplicationSplit... held) {
        for (int subtask = 0; subtask < context.currentParallelism(); subtask++) {
            context.register(subtask);
            enumerator.addReader(subtask);
            List<ReplicationSplit> own = subtask == 0 ? List.of(held) : List.of();
            enumerator.handleSourceEvent(subtask, new ReaderReport(own, List.of()));
        }
    }

    private ReplicationEnumerator scanning() {
        ReplicationEnumerator enumerator = open(flink, StartupMode.INITIAL, NOTHING);
        enumerator.start();
        report(flink, enumerator);
        flink.runUntil(
                "the assignment of both segments",
                () -> flink.assignedTo(0).size() + flink.assignedTo(1).size() == 2);
        return enumerator;
    }

    /** The state as a checkpoint holds it. */
    private static EnumeratorState stored(ReplicationEnumerator enumerator) throws IOException {
        EnumeratorStateSerializer serializer = new EnumeratorStateSerializer();
        return serializer.deserialize(serializer.getVersion(), serializer.serialize(enumerator.snapshotState(1)));
    }

    private void finishSegments(ReplicationEnumerator enumerator) {
        for (int subtask = 0; subtask < 2; subtask++) {
            ScanSplit segment = (ScanSplit) flink.assignedTo(subtask).get(0);
            enumerator.handleSourceEvent(subtask, new SplitsFinished(List.of(segment.at(ScanPosition.END))));
        }
    }

    @Test
    void aTableIsScannedThenStreamedBehindACheckpoint() {
        ReplicationEnumerator enumerator = scanning();
        assertThat(flink.backlog).last().isEqualTo(true);
        finishSegments(enumerator);
        flink.runUntil("the end of the backlog", () -> !flink.backlog.get(flink.backlog.size() - 1));

        enumerator.snapshotState(1);
        enumerator.notifyCheckpointComplete(1);
        // If this is a stop with a savepoint, the tasks end now, and must not get a message.
        assertThat(flink.assignedTo(0)).hasSize(1);
        assertThat(flink.sent).isEmpty();

        flink.runUntil("the hand-over", () -> flink.assignedTo(0).size() == 2);
        assertThat(flink.assignedTo(0)).last().isInstanceOf(ShardSplit.class);
        assertThat(flink.sent.get(0)).hasExactlyElementsOfTypes(ForgetFinished.class, EpochEnded.class);
        assertThat(flink.sent.get(1))
                .hasExactlyElementsOfTypes(ForgetFinished.class, EpochEnded.class, NothingToRead.class);
    }

    @Test
    void theAnchorIsListedBeforeAnythingIsAssigned() {
        scanning();
        assertThat(db.calls().count(CallKind.LIST_SHARDS)).isGreaterThanOrEqualTo(1);
        assertThat(db.calls().calls().get(0).kind()).isEqualTo(CallKind.DESCRIBE_TABLE);
    }

    @Test
    void aRestoreGoesOnWithWhatReadersHold() throws IOException {
        ReplicationEnumerator enumerator = scanning();
        EnumeratorState state = stored(enumerator);
        ReplicationSplit[] held = {
            flink.assignedTo(0).get(0), flink.assignedTo(1).get(0)
        };

        CoordinatorModel other = new CoordinatorModel(3);
        ReplicationEnumerator restored = open(other, StartupMode.INITIAL, state);
        restored.start();
        report(other, restored, held);

        assertThat(other.assigned).isEmpty();
        assertThat(other.backlog).containsExactly(true);
    }

    @Test
    void aReaderThatIsGoneIsGivenNothingAndToldNothing() {
        ReplicationEnumerator enumerator = scanning();
        finishSegments(enumerator);
        flink.runUntil("the fence", () -> !flink.backlog.get(flink.backlog.size() - 1));
        enumerator.snapshotState(1);

        flink.readers.remove(0);
        enumerator.notifyCheckpointComplete(1);
        flink.runUntil("the word to the other", () -> flink.sent.containsKey(1));
        assertThat(flink.assignedTo(0)).hasSize(1);
        assertThat(flink.sent).doesNotContainKey(0);
    }

    @Test
    void splitsThatComeBackAreGivenAgain() {
        ReplicationEnumerator enumerator = scanning();
        List<ReplicationSplit> lost = List.copyOf(flink.assignedTo(1));
        flink.readers.remove(1);
        flink.readers.remove(0);
        enumerator.addSplitsBack(flink.assigned.remove(0), 0);
        enumerator.addSplitsBack(flink.assigned.remove(1), 1);
        assertThat(flink.assigned).isEmpty();

        flink.register(1);
        enumerator.addReader(1);
        enumerator.handleSourceEvent(1, new ReaderReport(List.of(), List.of()));
        assertThat(flink.assignedTo(1)).hasSize(2).containsAll(lost);
    }

    @Test
    void callsThatAreRefusedInPassingAreMadeAgain() {
        db.faults().refuseNext(1, CallKind.DESCRIBE_TABLE, Refusal.Kind.THROTTLED);
        db.faults().refuseNext(1, CallKind.LIST_SHARDS, Refusal.Kind.THROTTLED);
        scanning();
    }

    @Test
    void aRestoredJobWaitsForAPermissionToComeBack() throws IOException {
        EnumeratorState state = stored(scanning());
        db.faults().refuse(CallKind.DESCRIBE_TABLE, Refusal.Kind.DENIED);
        db.calls().clear();
        CoordinatorModel other = new CoordinatorModel(1);
        ReplicationEnumerator restored = open(other, StartupMode.INITIAL, state);
        restored.start();
        other.runUntil("the answered listing", () -> db.calls().count(CallKind.LIST_SHARDS) > 0);

        db.faults().clear();
        db.recreateTable("orders");
        assertThat(other.runUntilItFails()).hasMessageContaining("REPLACED");
    }

    @Test
    void aStreamThatWasSwitchedOffStopsTheJobWithTableCauseAndNextStep() throws IOException {
        EnumeratorState state = stored(scanning());
        db.disableStream("orders");
        CoordinatorModel other = new CoordinatorModel(1);
        open(other, StartupMode.INITIAL, state).start();

        assertThat(other.runUntilItFails())
                .isInstanceOf(ReplicationStoppedException.class)
                .hasMessageContainingAll("orders", "DISABLED", "switched off", "initial");
    }

    @Test
    void readersAreToldToDropACopyThatIsVoidAndTheNextOneWaitsForACheckpoint() throws IOException {
        EnumeratorState state = stored(scanning());
        String arn = db.table("orders").stream().arn();
        db.disableStream("orders");
        db.enableStream("orders", StreamViewType.NEW_IMAGE);
        CoordinatorModel other = new CoordinatorModel(1);
        ReplicationEnumerator renewed = open(other, StartupMode.INITIAL, state, "resnapshot");
        renewed.start();
        ReplicationSplit[] held = state.tables().get("orders").splits().entries().stream()
                .map(SplitEntry::split)
                .filter(ScanSplit.class::isInstance)
                .toArray(ReplicationSplit[]::new);
        report(other, renewed, held);
        long epoch = state.tables().get("orders").epoch();
        WithdrawSplits withdraw = new WithdrawSplits("orders", epoch);
        other.runUntil("the withdrawal", () -> other.sent.containsKey(0));
        assertThat(other.sent.get(0)).containsExactly(withdraw);
        assertThat(other.assigned).isEmpty();

        renewed.handleSourceEvent(0, new SplitsWithdrawn("orders", epoch));
        renewed.snapshotState(8);
        renewed.notifyCheckpointComplete(8);
        other.runUntil("the next copy", () -> other.assignedTo(0).size() == 2);
        assertThat(other.assignedTo(0)).allMatch(split -> split.epoch() > epoch);
        assertThat(renewed.snapshotState(9).tables().get("orders").identity().streamArn())
                .isNotEqualTo(arn);
    }

    @Test
    void aTableThatWasDeletedStopsARestoredJob() throws IOException {
        EnumeratorState state = stored(scanning());
        db.deleteTable("orders");
        CoordinatorModel other = new CoordinatorModel(1);
        open(other, StartupMode.INITIAL, state).start();

        assertThat(other.runUntilItFails())
                .isInstanceOf(ReplicationStoppedException.class)
                .hasMessageContaining("orders");
    }

    @Test
    void aCopyEndsWithAWordToEveryReader() {
        ReplicationEnumerator enumerator = open(flink, StartupMode.SNAPSHOT, NOTHING);
        enumerator.start();
        report(flink, enumerator);
        flink.runUntil(
                "the assignment of both segments",
                () -> flink.assignedTo(0).size() + flink.assignedTo(1).size() == 2);
        finishSegments(enumerator);
        flink.runUntil("the end", () -> flink.finishing.size() == 2);
        assertThat(flink.finishing).containsExactlyInAnyOrder(0, 1);
        assertThat(db.calls().count(CallKind.LIST_SHARDS)).isZero();
    }

    @Test
    void whatNoReaderOfOursSaysIsRefused() {
        ReplicationEnumerator enumerator = scanning();
        assertThatThrownBy(() -> enumerator.handleSourceEvent(0, new SourceEvent() {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reader 0");
        assertThatThrownBy(() -> enumerator.handleSplitRequest(0, "localhost"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void theServiceIsClosedWithTheEnumerator() {
        scanning().close();
        assertThat(db.openServices()).isZero();
    }
}
