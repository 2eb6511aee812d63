/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import static io.dynamoreplica.flink.reader.ReaderConfigs.ROOMY;
import static io.dynamoreplica.flink.reader.ReaderConfigs.TABLE;
import static io.dynamoreplica.flink.reader.ReaderConfigs.config;
import static io.dynamoreplica.flink.testing.fake.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.split.GapFound;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import io.dynamoreplica.flink.split.SplitsFinished;
import io.dynamoreplica.flink.split.SplitsWithdrawn;
import io.dynamoreplica.flink.testing.Eventually;
import io.dynamoreplica.flink.testing.fake.CallKind;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeStream;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.ServiceCall;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests of withdrawals of an epoch that reach a reader at any moment. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class WithdrawalTest {

    private static final long OLD = 3;
    private static final long NEW = 4;

    private final FakeDynamoDb db = new FakeDynamoDb();
    private RunningReader reader;

    @AfterEach
    void close() throws Exception {
        reader.close();
        db.close();
    }

    @Test
    void recordsThatWaitOrAreHalfEmittedComeToNothing() throws Exception {
        FakeStream stream = streamOf(30);
        db.behaviour().recordsPerPage(10);
        start(shard(stream, OLD));
        reader.pollUntil("three records", () -> reader.events().size() == 3);

        reader.withdraw(TABLE, OLD);
        assertThat(reader.snapshot()).isEmpty();
        pollUntilFreed();

        assertThat(reader.events()).hasSize(3);
        assertThat(reader.metrics().count("numRecordsIn")).isEqualTo(3);
        assertThat(reader.snapshot()).isEmpty();
        assertThat(reader.sent(SplitsFinished.class)).isEmpty();
        assertThat(reader.sent(SplitsWithdrawn.class)).containsExactly(new SplitsWithdrawn(TABLE, OLD));
    }

    @Test
    void aPageOfAScanThatWaitsComesToNothingAndIsNoEnd() throws Exception {
        fill(20);
        start(segment(OLD));
        reader.awaitFetched();

        reader.withdraw(TABLE, OLD);
        pollUntilFreed();

        assertThat(reader.events()).isEmpty();
        assertThat(reader.metrics().count("numRecordsIn")).isZero();
        assertThat(reader.sent(SplitsFinished.class)).isEmpty();
        assertThat(reader.snapshot()).isEmpty();
    }

    @Test
    void recordsBeforeTheAnchorAreNotCountedAsDropped() throws Exception {
        FakeStream stream = streamOf(10);
        ShardSplit split = shard(stream, OLD);
        long anchor = db.clock().millis() + 1_000;
        start(split.at(split.position(), split.proof(), anchor));
        reader.awaitFetched();

        reader.withdraw(TABLE, OLD);
        pollUntilFreed();

        assertThat(reader.metrics().count("recordsDroppedBeforeAnchor")).isZero();
        assertThat(reader.sent(SplitsFinished.class)).isEmpty();
    }

    @Test
    void aGapThatWaitsIsNotReported() throws Exception {
        FakeStream stream = streamOf(10);
        String shardId = stream.shards().get(0).shardId();
        String first = stream.records(shardId).get(0).sequenceNumber();
        stream.trimWhole(shardId);
        ShardSplit split = shard(stream, OLD);
        start(split.at(new ShardPosition.After(first), split.proof(), ShardSplit.DROP_NOTHING));
        reader.awaitFetched();

        reader.withdraw(TABLE, OLD);
        pollUntilFreed();

        assertThat(reader.sent(GapFound.class)).isEmpty();
        assertThat(reader.metrics().count("numRecordsIn")).isZero();
    }

    @Test
    void aSplitThatStoppedAtAGapIsFreedToo() throws Exception {
        FakeStream stream = streamOf(10);
        String shardId = stream.shards().get(0).shardId();
        String first = stream.records(shardId).get(0).sequenceNumber();
        stream.trimWhole(shardId);
        ShardSplit split = shard(stream, OLD);
        start(split.at(new ShardPosition.After(first), split.proof(), ShardSplit.DROP_NOTHING));
        reader.pollUntil("the gap", () -> !reader.sent(GapFound.class).isEmpty());

        reader.withdraw(TABLE, OLD);
        assertThat(reader.snapshot()).isEmpty();
        pollUntilFreed();

        assertThat(reader.sent(SplitsFinished.class)).isEmpty();
    }

    @Test
    void endsThatAreKeptAreKeptNoLonger() throws Exception {
        fill(20);
        start(segment(OLD));
        reader.pollUntilFinished(1);

        reader.withdraw(TABLE, OLD);

        assertThat(reader.snapshot()).isEmpty();
        reader.forget(segment(OLD).splitId());
        assertThat(reader.snapshot()).isEmpty();
    }

    @Test
    void aRestoredReaderDropsWhatItWasRestoredWith() throws Exception {
        FakeStream stream = openStream();
        ScanSplit finished = new ScanSplit(TABLE, OLD, 0, 1, ScanPosition.END);
        start(finished, shard(stream, OLD));
        assertThat(reader.snapshot()).hasSize(2);

        reader.withdraw(TABLE, OLD);
        assertThat(reader.snapshot()).isEmpty();
        pollUntilFreed();

        assertThat(reader.sent(SplitsFinished.class)).isEmpty();
    }

    @Test
    void anEarlierEpochGoesWithALaterOneAndANewerIsNotTouched() throws Exception {
        fill(20);
        db.behaviour().scanPageItems(3);
        start(segment(OLD - 1), segment(OLD), segment(NEW));
        reader.awaitFetched();

        reader.withdraw(TABLE, OLD);
        reader.pollUntil("the new epoch is read", () -> heldSplits() == 0);

        assertThat(reader.events()).hasSize(20).allMatch(event -> event.epoch() == NEW);
        assertThat(reader.sent(SplitsFinished.class)).containsExactly(new SplitsFinished(List.of(end(NEW))));
        assertThat(reader.snapshot()).containsExactly(end(NEW));
    }

    @Test
    void nothingIsWithdrawnFromAnotherTable() throws Exception {
        fill(20);
        start(segment(OLD));

        reader.withdraw("users", NEW);
        reader.pollUntilFinished(1);

        assertThat(reader.events()).hasSize(20);
        assertThat(reader.sent(SplitsWithdrawn.class)).containsExactly(new SplitsWithdrawn("users", NEW));
    }

    @Test
    void theAnswerOfACallUnderWayIsThrownAwayAndItsMemoryIsFree() throws Exception {
        fill(20);
        db.faults().stall("segment", ServiceCall.of(CallKind.SCAN));
        start(segment(OLD));
        Eventually.holds("the call is made", () -> db.faults().waiting() == 1);

        reader.withdraw(TABLE, OLD);
        pollUntilFreed();
        reader.assign(List.of(segment(NEW)));
        db.faults().release("segment");
        reader.pollUntilFinished(1);

        assertThat(reader.events()).hasSize(20).allMatch(event -> event.epoch() == NEW);
        Eventually.holds("no memory is in use", () -> {
            // Flink stops a fetcher without splits in a later turn of the task.
            reader.drain();
            return reader.metrics().value("bytesInFlight").equals(0L);
        });
    }

    @Test
    void aFetcherMadeLaterIsToldAsWell() throws Exception {
        FakeStream stream = openStream();
        start(shard(stream, OLD));
        reader.withdraw(TABLE, OLD);
        pollUntilFreed();

        long callsOfOld = calls();
        reader.assign(List.of(shard(stream, NEW)));
        Eventually.holds("the shard is read", () -> calls() > callsOfOld + 2);
        reader.withdraw(TABLE, NEW);
        pollUntilFreed();

        assertThat(reader.sent(SplitsWithdrawn.class)).hasSize(2);
        assertThat(reader.snapshot()).isEmpty();
    }

    private void start(ReplicationSplit... splits) {
        reader = RunningReader.restored(db, config(ROOMY), List.of(splits));
    }

    /** Polls until Flink has freed its own objects for each split. */
    private void pollUntilFreed() throws Exception {
        reader.pollUntil("no split is held", () -> heldSplits() == 0);
    }

    private int heldSplits() {
        return (int) reader.metrics().value("heldSplits");
    }

    private long calls() {
        return reader.metrics().count("calls");
    }

    private void fill(int items) {
        fill(db.createTable(TableSpec.named(TABLE).withoutStream()), items);
    }

    private static void fill(FakeTable table, int items) {
        IntStream.range(0, items).forEach(i -> table.put(item("id", "o" + i).build()));
    }

    private FakeStream openStream() {
        return db.createTable(TableSpec.named(TABLE)).stream();
    }

    /** Returns a stream of one closed shard. */
    private FakeStream streamOf(int records) {
        FakeStream stream = openStream();
        fill(db.table(TABLE), records);
        db.disableStream(TABLE);
        return stream;
    }

    private static ScanSplit segment(long epoch) {
        return new ScanSplit(TABLE, epoch, 0, 1, ScanPosition.START);
    }

    private static ScanSplit end(long epoch) {
        return segment(epoch).at(ScanPosition.END);
    }

    private ShardSplit shard(FakeStream stream, long epoch) {
        return new ShardSplit(
                stream.key(stream.shards().get(0).shardId()),
                epoch,
                ShardPosition.BEGINNING,
                db.clock().millis(),
                ShardSplit.DROP_NOTHING);
    }
}
