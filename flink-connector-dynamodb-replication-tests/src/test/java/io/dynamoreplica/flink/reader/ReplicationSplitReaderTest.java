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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.config.ReplicationConfig.Reader;
import io.dynamoreplica.flink.projection.Projection;
import io.dynamoreplica.flink.reader.cursor.Fetched;
import io.dynamoreplica.flink.reader.cursor.Fetched.ShardRecord;
import io.dynamoreplica.flink.reader.cursor.Outcome;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.StreamRecord;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import io.dynamoreplica.flink.testing.Eventually;
import io.dynamoreplica.flink.testing.fake.CallKind;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeStream;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.ServerClock;
import io.dynamoreplica.flink.testing.fake.ServiceCall;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of the real split reader and its threads with the fake account. A blocked fetch times out. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ReplicationSplitReaderTest {

    private final FakeDynamoDb db = new FakeDynamoDb();

    private LongSupplier clock = () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime());

    private final Map<String, List<Fetched>> elements = new HashMap<>();
    private final Set<String> finished = new HashSet<>();

    /** Counts calls when they are started, so that a test for "no further call" need not wait. */
    private final RecordingMetrics metrics = new RecordingMetrics();

    private final Withdrawals withdrawals = new Withdrawals();
    private ReplicationSplitReader reader;

    @AfterEach
    void close() {
        if (reader != null) {
            reader.close();
        }
        db.close();
    }

    @Test
    void readsEverySegmentToItsEnd() throws IOException {
        fill(200);
        db.behaviour().scanPageItems(9).emptyScanPages(1);
        open(config(ROOMY), segments(5));

        drainUntilFinished(5);

        assertThat(scannedItems()).isEqualTo(200);
        assertThat(db.calls().scans()).doesNotHaveDuplicates();
    }

    @Test
    void aShardThatStallsDelaysNoOther() throws IOException {
        FakeStream stream = streamOf(64, 2_000);
        db.behaviour().recordsPerPage(10);
        String stalled = stream.shards().get(0).shardId();
        db.faults().stall(stalled);
        open(config(ROOMY), shards(stream));

        drainUntilFinished(63);

        assertThat(finished).doesNotContain(ShardSplit.idOf(TABLE, 1, stalled));
        stream.shards().stream()
                .map(shard -> shard.shardId())
                .filter(shard -> !shard.equals(stalled))
                .forEach(shard -> assertThat(read(shard)).isEqualTo(stream.records(shard)));
        assertThat(read(stalled)).isEmpty();
        assertThat(db.faults().waiting()).isEqualTo(1);

        db.faults().release(stalled);
        drainUntilFinished(64);
        assertThat(read(stalled)).isEqualTo(stream.records(stalled));
    }

    @Test
    void aSplitIsReadNoFurtherThanTwoPagesAheadOfWhatWasEmitted() throws IOException {
        fill(50);
        db.behaviour().scanPageItems(5);
        open(config(ROOMY), segments(1));

        RecordsWithSplitIds<Fetched> first = reader.fetch();
        reader.fetch();
        assertThat(isEmpty(fetchNow())).isTrue();
        assertThat(scansStarted()).isEqualTo(2);

        first.recycle();
        assertThat(isEmpty(reader.fetch())).isFalse();
        assertThat(scansStarted()).isEqualTo(3);
    }

    @Test
    void aSplitHasOneCallUnderWayAtMost() throws IOException {
        fill(50);
        db.behaviour().scanPageItems(5);
        db.faults().stall("segment", ServiceCall.toSegment(0));
        open(config(ROOMY), segments(1));

        Eventually.holds(
                "the call is made",
                () -> isEmpty(fetchNowUnchecked()) && db.faults().waiting() == 1);
        for (int looks = 0; looks < 10; looks++) {
            fetchNow();
        }
        assertThat(scansStarted()).isEqualTo(1);
        db.faults().release("segment");

        drainUntilFinished(1);
        assertThat(db.calls().scans()).doesNotHaveDuplicates();
    }

    @Test
    void noCallBeginsUntilItsPageHasRoom() throws IOException {
        fill(100);
        open(config(new Reader(8, BytesInFlight.PAGE)), segments(4));

        RecordsWithSplitIds<Fetched> first = reader.fetch();
        assertThat(isEmpty(fetchNow())).isTrue();
        assertThat(scansStarted()).isEqualTo(1);
        assertThat((long) metrics.value("bytesInFlight")).isBetween(1L, BytesInFlight.PAGE - 1);

        first.recycle();
        drainUntilFinished(3);
        assertThat(scansStarted()).isEqualTo(4);
        fetchNow();
        assertThat(metrics.value("bytesInFlight")).isEqualTo(0L);
    }

    @Test
    void aBudgetBelowOnePageStillLetsOneCallAtATimeThrough() throws IOException {
        fill(100);
        db.behaviour().scanPageItems(10);
        open(config(new Reader(8, 1)), segments(3));

        drainUntilFinished(3);

        assertThat(scannedItems()).isEqualTo(100);
    }

    @Test
    void aBusySplitLeavesOthersTheirTurn() throws IOException {
        fill(100);
        db.behaviour().scanPageItems(1);
        open(config(new Reader(1, 64 << 20)), segments(4));

        for (int fetches = 0; fetches < 16; fetches++) {
            drain(reader.fetch());
        }

        for (ReplicationSplit segment : segments(4)) {
            assertThat(elements.get(segment.splitId())).hasSizeGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void wakeUpEndsAFetchThatWaits() throws Exception {
        FakeStream stream = openStream(1);
        open(config(ROOMY, Duration.ofDays(1), Projection.wholeItem()), shards(stream));

        CompletableFuture<RecordsWithSplitIds<Fetched>> waiting = CompletableFuture.supplyAsync(this::fetchUnchecked);
        Eventually.holds("the shard rests", () -> db.calls().count(CallKind.RECORDS) == 1);
        assertThat(waiting).isNotDone();
        reader.wakeUp();

        assertThat(isEmpty(waiting.get(60, TimeUnit.SECONDS))).isTrue();
    }

    @Test
    void aPausedSplitIsNotCalledForUntilItIsResumed() throws IOException {
        fill(40);
        open(config(ROOMY), segments(2));
        ReplicationSplit paused = segments(2).get(0);
        reader.pauseOrResumeSplits(List.of(paused), List.of());

        drainUntilFinished(1);
        fetchNow();
        assertThat(scansStarted()).isEqualTo(1);
        assertThat(db.calls().count(ServiceCall.toSegment(0))).isZero();

        reader.pauseOrResumeSplits(List.of(), List.of(paused));
        drainUntilFinished(2);
        assertThat(scannedItems()).isEqualTo(40);
    }

    @Test
    void aSplitPausedWhileACallIsUnderWayHandsItsPageOnAndStops() throws IOException {
        fill(40);
        db.behaviour().scanPageItems(5);
        open(config(ROOMY), segments(1));
        RecordsWithSplitIds<Fetched> first = reader.fetch();
        reader.pauseOrResumeSplits(segments(1), List.of());

        drain(first);
        drain(reader.fetch());
        fetchNow();
        assertThat(scannedItems()).isEqualTo(10);
        assertThat(scansStarted()).isEqualTo(2);

        reader.pauseOrResumeSplits(List.of(), segments(1));
        drainUntilFinished(1);
        assertThat(scannedItems()).isEqualTo(40);
    }

    @Test
    void splitsThatHaveFinishedCanBePausedAndResumed() throws IOException {
        fill(10);
        open(config(ROOMY), segments(1));
        drainUntilFinished(1);

        reader.pauseOrResumeSplits(segments(1), List.of());
        reader.pauseOrResumeSplits(List.of(), segments(1));

        fetchNow();
        assertThat(scansStarted()).isEqualTo(1);
    }

    @Test
    void transientRefusalsCostNothingButTime() throws IOException {
        waitForNoBackoff();
        FakeStream stream = streamOf(3, 60);
        db.behaviour().recordsPerPage(4).emptyRecordPages(2);
        db.faults().refuseNext(10, CallKind.SHARD_ITERATOR, Refusal.Kind.DENIED);
        db.faults().refuseNext(10, CallKind.RECORDS, Refusal.Kind.THROTTLED);
        db.faults().refuseNext(10, CallKind.RECORDS, Refusal.Kind.UNAVAILABLE);
        open(config(ROOMY), shards(stream));

        drainUntilFinished(3);

        stream.shards().forEach(shard -> assertThat(read(shard.shardId())).isEqualTo(stream.records(shard.shardId())));
    }

    @Test
    void expiredIteratorsRepeatAndLoseNothing() throws IOException {
        FakeStream stream = streamOf(2, 80);
        db.behaviour().recordsPerPage(5);
        open(config(ROOMY), shards(stream));

        while (finished.size() < 2) {
            drain(reader.fetch());
            db.expireIterators();
        }

        stream.shards().forEach(shard -> assertThat(read(shard.shardId())).isEqualTo(stream.records(shard.shardId())));
        assertThat(db.calls().count(CallKind.SHARD_ITERATOR)).isGreaterThan(2);
    }

    @Test
    void aGapComesBehindEverythingFetchedAndEndsNothing() throws IOException {
        FakeStream stream = streamOf(1, 30);
        db.behaviour().recordsPerPage(10);
        String shard = stream.shards().get(0).shardId();
        open(config(ROOMY), shards(stream));
        drain(reader.fetch());
        stream.trimWhole(shard);

        List<Fetched> all = elements.get(ShardSplit.idOf(TABLE, 1, shard));
        while (!(all.get(all.size() - 1) instanceof Outcome.Gap)) {
            drain(reader.fetch());
        }
        long calls = metrics.count("calls");
        fetchNow();

        assertThat(all.subList(0, all.size() - 1)).hasOnlyElementsOfType(ShardRecord.class);
        assertThat(finished).isEmpty();
        assertThat(metrics.count("calls")).isEqualTo(calls);
    }

    @Test
    void aShardOfWhichNothingIsKeptIsDoneOnceItIsKnownToBeClosed() throws IOException {
        waitForNoBackoff();
        FakeStream stream = streamOf(1, 30);
        stream.trimWhole(stream.shards().get(0).shardId());
        ReplicationSplit split = shard(stream, 0, ShardPosition.OLDEST_KEPT);
        open(config(ROOMY), List.of(split));
        while (elements.isEmpty()) {
            drain(reader.fetch());
        }
        assertThat(elements.get(split.splitId())).hasOnlyElementsOfType(Outcome.NothingGiven.class);
        assertThat(finished).isEmpty();

        withdrawals.closed(split.splitId());
        drainUntilFinished(1);

        assertThat(elements.get(split.splitId())).hasOnlyElementsOfType(Outcome.NothingGiven.class);
    }

    @Test
    void aSplitThatIsRefusedForMoreThanTenMinutesCountsAsStalled() throws IOException {
        waitForNoBackoff();
        FakeStream stream = streamOf(1, 30);
        stream.trimWhole(stream.shards().get(0).shardId());
        ReplicationSplit split = shard(stream, 0, ShardPosition.OLDEST_KEPT);
        open(config(ROOMY), List.of(split));
        assertThat(metrics.value("stalledSplits")).isEqualTo(0);
        while (!metrics.value("stalledSplits").equals(1)) {
            drain(reader.fetch());
        }

        withdrawals.closed(split.splitId());
        drainUntilFinished(1);

        assertThat(metrics.value("stalledSplits")).isEqualTo(0);
    }

    @Test
    void anErrorOfOurOwnFailsTheReaderInsteadOfLosingASplit() {
        reader = new ReplicationSplitReader(
                config(ROOMY), new BrokenService(), metrics.ofReader(clock), new Withdrawals(), clock);
        reader.handleSplitsChanges(new SplitsAddition<>(segments(1)));

        assertThatThrownBy(() -> reader.fetch())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("DescribeTable of table orders (split orders/1/segment-0)")
                .hasMessageContaining("java.lang.IllegalStateException: broken")
                .hasNoCause()
                .satisfies(failed -> assertThat(failed.getSuppressed()).hasSize(1));
    }

    @ParameterizedTest
    @EnumSource(names = {"SCAN", "SHARD_ITERATOR", "RECORDS"})
    void whatWouldBeRefusedAgainIsNotReadAgainByARestart(CallKind kind) {
        FakeStream stream = streamOf(1, 30);
        db.faults().refuse(kind, Refusal.Kind.INVALID);
        open(config(ROOMY), kind == CallKind.SCAN ? segments(1) : shards(stream));

        assertThatThrownBy(() -> drainUntilFinished(1))
                .hasMessageContaining("of table orders")
                .hasMessageContaining("The same call would be refused again, so the job fails")
                .hasNoCause()
                .satisfies(failed -> assertThat(ThrowableClassifier.getThrowableType(failed))
                        .isEqualTo(ThrowableType.NonRecoverableError));
    }

    @Test
    void closingInterruptsTheCallsUnderWay() throws IOException {
        FakeStream stream = streamOf(1, 30);
        db.faults().stall(stream.shards().get(0).shardId());
        open(config(ROOMY), shards(stream));
        fetchNow();
        Eventually.holds("the call waits", () -> db.faults().waiting() == 1);

        reader.close();

        Eventually.holds("the call has ended", () -> db.faults().waiting() == 0);
    }

    @Test
    void aSplitThatIsGivenTwiceIsReadOnce() throws IOException {
        fill(30);
        open(config(ROOMY), segments(1));
        reader.handleSplitsChanges(new SplitsAddition<>(segments(1)));

        drainUntilFinished(1);

        assertThat(scannedItems()).isEqualTo(30);
    }

    private void open(ReplicationConfig config, List<ReplicationSplit> splits) {
        reader = new ReplicationSplitReader(config, db.service(), metrics.ofReader(clock), withdrawals, clock);
        reader.handleSplitsChanges(new SplitsAddition<>(splits));
    }

    /** Advances the clock by the longest backoff at each read, so that the reader never waits for a backoff. */
    private void waitForNoBackoff() {
        AtomicLong time = new AtomicLong();
        clock = () -> time.addAndGet(20_000);
    }

    private long scansStarted() {
        return metrics.count("calls") - db.calls().count(CallKind.DESCRIBE_TABLE);
    }

    private void fill(int items) {
        fill(db.createTable(TableSpec.named(TABLE).withoutStream()), items);
    }

    private static void fill(FakeTable table, int items) {
        IntStream.range(0, items).forEach(i -> table.put(item("id", "o" + i).build()));
    }

    private FakeStream openStream(int shards) {
        return db.createTable(TableSpec.named(TABLE).withShards(shards)).stream();
    }

    /** Returns a stream whose shards are all closed. */
    private FakeStream streamOf(int shards, int records) {
        FakeStream stream = openStream(shards);
        fill(db.table(TABLE), records);
        db.disableStream(TABLE);
        return stream;
    }

    private static List<ReplicationSplit> segments(int total) {
        return IntStream.range(0, total)
                .<ReplicationSplit>mapToObj(i -> new ScanSplit(TABLE, 1, i, total, ScanPosition.START))
                .toList();
    }

    private static List<ReplicationSplit> shards(FakeStream stream) {
        return IntStream.range(0, stream.shards().size())
                .mapToObj(i -> shard(stream, i, ShardPosition.BEGINNING))
                .toList();
    }

    private static ReplicationSplit shard(FakeStream stream, int index, ShardPosition position) {
        String id = stream.shards().get(index).shardId();
        return new ShardSplit(stream.key(id), 1, position, ServerClock.BEGIN.toEpochMilli(), ShardSplit.DROP_NOTHING);
    }

    private void drainUntilFinished(int splits) throws IOException {
        while (finished.size() < splits) {
            drain(reader.fetch());
        }
    }

    /** Fetches the present pages without waiting for more. */
    private RecordsWithSplitIds<Fetched> fetchNow() throws IOException {
        reader.wakeUp();
        return reader.fetch();
    }

    private RecordsWithSplitIds<Fetched> fetchNowUnchecked() {
        reader.wakeUp();
        return fetchUnchecked();
    }

    private RecordsWithSplitIds<Fetched> fetchUnchecked() {
        try {
            return reader.fetch();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void drain(RecordsWithSplitIds<Fetched> batch) {
        for (String split = batch.nextSplit(); split != null; split = batch.nextSplit()) {
            List<Fetched> ofSplit = elements.computeIfAbsent(split, id -> new ArrayList<>());
            for (Fetched element = batch.nextRecordFromSplit();
                    element != null;
                    element = batch.nextRecordFromSplit()) {
                ofSplit.add(element);
            }
        }
        finished.addAll(batch.finishedSplits());
        batch.recycle();
    }

    private static boolean isEmpty(RecordsWithSplitIds<Fetched> batch) {
        return batch.nextSplit() == null && batch.finishedSplits().isEmpty();
    }

    private int scannedItems() {
        return elements.values().stream()
                .flatMap(List::stream)
                .mapToInt(element -> ((Outcome.Scanned) element).page().items().size())
                .sum();
    }

    private List<StreamRecord> read(String shardId) {
        return elements.getOrDefault(ShardSplit.idOf(TABLE, 1, shardId), List.of()).stream()
                .map(element -> ((ShardRecord) element).record())
                .toList();
    }
}
