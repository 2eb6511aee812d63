/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.config.ReplicationConfigParser;
import io.dynamoreplica.flink.config.TableConfigs;
import io.dynamoreplica.flink.config.TableSelection.Named;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.EnumeratorState;
import io.dynamoreplica.flink.split.ReaderReport;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.SplitsFinished;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.StreamViewType;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The gauges that dashboards made for Flink CDC look for. */
class CopyProgressTest {

    private static final EnumeratorState NOTHING = new EnumeratorState(Map.of());
    private static final Named ORDERS = copied("orders");
    private static final Named USERS = copied("users");
    private static final Named EVENTS =
            TableConfigs.named("events", StartupMode.OPTION, StartupMode.EARLIEST_OFFSET.toString());

    private final FakeDynamoDb db = new FakeDynamoDb();
    private final List<ReplicationEnumerator> opened = new ArrayList<>();
    private final KeepingGroup metrics = new KeepingGroup();
    private final CoordinatorModel flink = new CoordinatorModel(1, metrics);

    @AfterEach
    void close() {
        opened.forEach(ReplicationEnumerator::close);
        db.close();
    }

    @Test
    void aTableIsSnapshottedThenWaitsThenIsStreamed() {
        ReplicationEnumerator enumerator = open(flink, NOTHING, ORDERS);
        showsStage(1, 0);
        enumerator.start();
        flink.runUntil("the copy is planned", () -> shown("numSnapshotSplitsRemaining") == 2);
        showsStage(1, 0);

        report(enumerator);
        assertThat(flink.assignedTo(0)).hasSize(2);
        showsStage(1, 0);
        finish(enumerator, flink.assignedTo(0));
        flink.runUntil("the fence", () -> shown("isSnapshotting") == 0);
        showsStage(0, 0);

        enumerator.snapshotState(1);
        enumerator.notifyCheckpointComplete(1);
        flink.runUntil("the hand-over", () -> flink.assignedTo(0).size() == 3);
        showsStage(0, 1);
    }

    @Test
    void aSegmentIsProcessedFromTheMomentAReaderGetsIt() {
        ReplicationEnumerator enumerator = open(flink, NOTHING, ORDERS, USERS, EVENTS);
        showsSegments(metrics, 0, 0);
        enumerator.start();
        flink.runUntil("both copies are planned", () -> shown("numSnapshotSplitsRemaining") == 4);
        showsSegments(metrics, 0, 4);
        showsSegments(ofTable("orders"), 0, 2);
        showsSegments(ofTable("users"), 0, 2);

        report(enumerator);
        showsSegments(metrics, 4, 0);
        finish(enumerator, segmentsOf("orders"));
        showsSegments(metrics, 4, 0);
        showsSegments(ofTable("orders"), 2, 0);
        showsSegments(ofTable("events"), 0, 0);
    }

    @Test
    void tablesThatAreNeverCopiedDoNotCount() {
        ReplicationEnumerator enumerator = open(flink, NOTHING, ORDERS, USERS, EVENTS);
        showsTables(0, 2);
        enumerator.start();
        flink.runUntil("both copies are planned", () -> shown("numSnapshotSplitsRemaining") == 4);
        report(enumerator);
        showsTables(0, 2);

        finish(enumerator, segmentsOf("orders"));
        flink.runUntil("the end of one copy", () -> shown("numTablesSnapshotted") == 1);
        showsTables(1, 1);
        assertThat(shown("isSnapshotting")).isEqualTo(1);
        finish(enumerator, segmentsOf("users"));
        flink.runUntil("the end of the other", () -> shown("numTablesSnapshotted") == 2);
        showsTables(2, 0);
    }

    @Test
    void theyGoOnWithTheNextEnumerator() {
        ReplicationEnumerator first = open(flink, NOTHING, ORDERS);
        first.start();
        flink.runUntil("the copy is planned", () -> shown("numSnapshotSplitsRemaining") == 2);
        report(first);
        finish(first, flink.assignedTo(0));
        flink.runUntil("the fence", () -> shown("isSnapshotting") == 0);

        open(new CoordinatorModel(1, metrics), NOTHING, ORDERS);
        showsStage(1, 0);
        showsTables(0, 1);
        open(new CoordinatorModel(1, metrics), first.snapshotState(1), ORDERS);
        showsStage(0, 0);
        showsTables(1, 0);
        showsSegments(metrics, 2, 0);
        showsSegments(ofTable("orders"), 2, 0);
    }

    /** The copy is complete, so the rows of the table and the changes that were not lost stay valid. */
    @Test
    void aTableThatOnlyChangesToAnotherStreamKeepsItsCopy() {
        Named table = TableConfigs.named("orders", "scan.snapshot.total-segments", "2", "scan.stream.on-gap", "ignore");
        ReplicationEnumerator first = open(flink, NOTHING, table);
        first.start();
        flink.runUntil("the copy is planned", () -> shown("numSnapshotSplitsRemaining") == 2);
        report(first);
        finish(first, flink.assignedTo(0));
        flink.runUntil("the fence", () -> shown("isSnapshotting") == 0);
        first.snapshotState(1);
        first.notifyCheckpointComplete(1);
        flink.runUntil("the hand-over", () -> shown("isStreamReading") == 1);

        db.disableStream("orders");
        db.enableStream("orders", StreamViewType.NEW_IMAGE);
        CoordinatorModel next = new CoordinatorModel(1, metrics);
        open(next, first.snapshotState(2), table).start();
        next.runUntil("the loss", () -> shown("isStreamReading") == 0);
        showsStage(0, 0);
        showsTables(1, 0);
    }

    private ReplicationEnumerator open(CoordinatorModel context, EnumeratorState restored, Named... tables) {
        for (Named table : tables) {
            if (opened.isEmpty()) {
                db.createTable(TableSpec.named(table.name()));
            }
        }
        ReplicationEnumerator enumerator = new ReplicationEnumerator(
                context, ReplicationConfigParser.parse(List.of(tables), Map.of()), db.service(), restored);
        opened.add(enumerator);
        return enumerator;
    }

    private void report(ReplicationEnumerator enumerator) {
        flink.register(0);
        enumerator.addReader(0);
        enumerator.handleSourceEvent(0, new ReaderReport(List.of(), List.of()));
    }

    private static void finish(ReplicationEnumerator enumerator, List<ReplicationSplit> segments) {
        List<ReplicationSplit> ended = new ArrayList<>();
        segments.forEach(segment -> ended.add(((ScanSplit) segment).at(ScanPosition.END)));
        enumerator.handleSourceEvent(0, new SplitsFinished(ended));
    }

    private List<ReplicationSplit> segmentsOf(String table) {
        return flink.assignedTo(0).stream()
                .filter(split -> split.table().equals(table))
                .toList();
    }

    private static Named copied(String table) {
        return TableConfigs.named(table, "scan.snapshot.total-segments", "2");
    }

    private KeepingGroup ofTable(String table) {
        return metrics.below("table." + table);
    }

    private int shown(String gauge) {
        return (Integer) metrics.gauge(gauge);
    }

    private void showsStage(int isSnapshotting, int isStreamReading) {
        assertThat(shown("isSnapshotting")).isEqualTo(isSnapshotting);
        assertThat(shown("isStreamReading")).isEqualTo(isStreamReading);
    }

    private void showsTables(int snapshotted, int remaining) {
        assertThat(shown("numTablesSnapshotted")).isEqualTo(snapshotted);
        assertThat(shown("numTablesRemaining")).isEqualTo(remaining);
    }

    private static void showsSegments(KeepingGroup group, int processed, int remaining) {
        assertThat(group.gauge("numSnapshotSplitsProcessed")).isEqualTo(processed);
        assertThat(group.gauge("numSnapshotSplitsRemaining")).isEqualTo(remaining);
    }
}
