/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it.readers;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.protocol.Phase;
import io.dynamoreplica.flink.service.ScanRequest;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.testing.fake.CallKind;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import io.dynamoreplica.flink.testing.job.FakeReplication;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.job.ScanStop;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of savepoints that are restored at another parallelism. The job continues at its position, page by page. */
class RescalingIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    private static final int ITEMS = 800;
    private static final int SEGMENTS = 6;
    private static final int PAGE = 10;

    @RegisterExtension
    final FakeReplication fake = new FakeReplication().pagesOf(PAGE);

    private final FakeDynamoDb db = fake.db();
    private final FakeTable table = fake.filled(TableSpec.named("orders").withShards(4), ITEMS);
    private final Replica replica = fake.replica();

    @Test
    void fromTwoToThreeToOneWhileTheTableIsScanned() throws Exception {
        stopEachSegmentAfter(3);
        String first;
        try (RunningJob job = job(2).start(replica)) {
            job.until("three pages of each segment have arrived", () -> reads() == 3 * PAGE * SEGMENTS);
            job.until("the next pages are requested", () -> db.faults().waiting() == SEGMENTS);
            first = job.stopWithSavepoint();
        }
        List<ScanSplit> emittedFirst = pagesEmittedBeforeTheStop();
        db.calls().clear();
        stopEachSegmentAfter(4);
        String second;
        try (RunningJob job = job(3).resume(replica, first)) {
            job.until("four more pages have arrived", () -> reads() == 7 * PAGE * SEGMENTS);
            job.until("the next pages are requested", () -> db.faults().waiting() == SEGMENTS);
            assertThat(pagesAskedFor()).doesNotContainAnyElementsOf(emittedFirst);
            second = job.stopWithSavepoint();
        }
        List<ScanSplit> emittedSecond = pagesEmittedBeforeTheStop();
        db.calls().clear();
        db.faults().releaseAll();
        table.load(0, ITEMS, 2);
        try (RunningJob job = job(1).resume(replica, second)) {
            job.until("the replica equals the table", () -> replica.equalsTable(table));
        }
        assertThat(pagesAskedFor())
                .doesNotContainAnyElementsOf(emittedFirst)
                .doesNotContainAnyElementsOf(emittedSecond);
        assertThat(replica.count(Operation.READ)).isEqualTo(ITEMS);
    }

    @Test
    void fromTwoToThreeToOneWhileTheStreamIsRead() throws Exception {
        String stalled = table.stream().openShards().get(0);
        String first;
        try (RunningJob job = job(2).start(replica)) {
            job.until("the copy is complete", () -> replica.equalsTable(table));
            table.load(0, ITEMS, 2);
            job.until("every shard has a position", () -> replica.equalsTable(table));
            db.faults().stall(stalled);
            table.load(0, ITEMS, 3);
            rollOverAndSplit();
            table.load(0, ITEMS, 4);
            job.until("all but one lineage is read", () -> changes() == recordsOfOthers(stalled));
            job.checkpoint();
            awaitMessages(job);
            first = job.stopWithSavepoint();
        }
        String second;
        try (RunningJob job = job(3).resume(replica, first)) {
            job.until("the shard is tried again", () -> db.faults().waiting() > 0);
            job.checkpoint();
            awaitMessages(job);
            assertThat(changes()).isEqualTo(recordsOfOthers(stalled));
            second = job.stopWithSavepoint();
        }
        db.faults().releaseAll();
        table.load(0, ITEMS / 2, 5);
        try (RunningJob job = job(1).resume(replica, second)) {
            job.until("the replica equals the table", () -> replica.equalsTable(table));
        }
        assertThat(changes()).isEqualTo(3 * ITEMS + ITEMS / 2);
        assertThat(reads()).isEqualTo(ITEMS);
    }

    @Test
    void theHandOverHappensAfterASavepointBetweenScanAndStream() throws Exception {
        String savepoint;
        try (RunningJob job = job(2).withoutCheckpoints().start(replica)) {
            // Do not wait for all items: after the last item, a page can be empty.
            job.awaitPhase(Phase.FENCED, "orders");
            savepoint = job.savepoint();
        }
        db.calls().clear();
        table.load(0, 100, 2);
        try (RunningJob job = job(3).resume(replica, savepoint)) {
            job.until("the replica equals the table", () -> replica.equalsTable(table));
        }
        assertThat(db.calls().count(CallKind.SCAN)).isZero();
    }

    private ReplicaJob job(int parallelism) {
        return ReplicaJob.of(FLINK, db.register(), "orders")
                .option("scan.snapshot.total-segments", Integer.toString(SEGMENTS))
                .parallelism(parallelism);
    }

    /** Lets this number of pages of each segment pass. The call for the next page waits. */
    private void stopEachSegmentAfter(int pages) {
        db.faults().releaseAll();
        db.faults().stall("the next page", ScanStop.afterPages(db, pages));
    }

    /**
     * Waits until readers have learned which of their ended shards a completed checkpoint covers. The message is
     * sent a second later, and must not arrive at a reader that has finished. Listings are a second apart: the
     * third one from now was asked for later than that.
     */
    private void awaitMessages(RunningJob job) {
        long before = db.calls().count(CallKind.LIST_SHARDS);
        job.until("shards are listed three times", () -> db.calls().count(CallKind.LIST_SHARDS) >= before + 3);
    }

    private long reads() {
        return replica.count(Operation.READ);
    }

    private List<ScanSplit> pagesAskedFor() {
        return db.calls().scans().stream()
                .map(ScanRequest::split)
                .filter(split -> split.totalSegments() == SEGMENTS)
                .toList();
    }

    /** Returns the pages before the last call of each segment, which was never answered. */
    private List<ScanSplit> pagesEmittedBeforeTheStop() {
        List<ScanSplit> asked = pagesAskedFor();
        List<ScanSplit> emitted = IntStream.range(0, SEGMENTS)
                .mapToObj(segment -> asked.stream()
                        .filter(split -> split.segment() == segment)
                        .toList())
                .flatMap(pages -> pages.subList(0, pages.size() - 1).stream())
                .toList();
        assertThat(emitted)
                .hasSizeGreaterThanOrEqualTo(3 * SEGMENTS)
                .noneMatch(split -> split.position() instanceof ScanPosition.End);
        return emitted;
    }

    private long changes() {
        return replica.events().size() - reads();
    }

    /**
     * Returns the number of records since the anchor, except two groups: those of the stalled shard after its
     * position, and those of its child.
     */
    private long recordsOfOthers(String stalled) {
        long all = table.stream().shards().stream()
                .filter(shard -> !stalled.equals(shard.parentShardId()))
                .mapToLong(shard -> table.stream().records(shard.shardId()).size())
                .sum();
        return all - inserted() - thirdVersions(stalled);
    }

    /** Returns the number of records from before the anchor. The copy holds them. */
    private static long inserted() {
        return ITEMS;
    }

    private long thirdVersions(String stalled) {
        return table.stream().records(stalled).stream()
                .filter(record ->
                        record.images().after().materialise().get("version").equals(new AttributeValue.N("3")))
                .count();
    }

    private void rollOverAndSplit() {
        List<String> open = table.stream().openShards();
        open.subList(0, 2).forEach(table.stream()::rollOver);
        open.subList(2, 4).forEach(table.stream()::split);
    }
}
