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

import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.DynamoDbDeserializationSchema;
import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.projection.Projection;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.split.GapCause;
import io.dynamoreplica.flink.split.GapFound;
import io.dynamoreplica.flink.split.ReaderReport;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import io.dynamoreplica.flink.split.SplitsFinished;
import io.dynamoreplica.flink.testing.Eventually;
import io.dynamoreplica.flink.testing.fake.CallKind;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeStream;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.ServiceCall;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ReplicationSourceReaderTest {

    private static final Instant NOON = Instant.parse("2025-06-01T12:00:00Z");

    private final FakeDynamoDb db = new FakeDynamoDb();
    private final List<RunningReader> readers = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (RunningReader reader : readers) {
            reader.close();
        }
        assertThat(db.openServices()).as("services left open").isZero();
        db.close();
    }

    @Test
    void reportsFirstOfAllAlsoWhenItHoldsNothing() throws Exception {
        RunningReader reader = start();
        assertThat(reader.available())
                .as("an idle task is woken for its first poll")
                .isDone();
        reader.poll();

        assertThat(reader.sent()).containsExactly(new ReaderReport(List.of(), List.of()));
    }

    @Test
    void reportsRestoredSplitsAndDoesNotReadThoseThatHaveFinished() throws Exception {
        fill(20);
        ReplicationSplit held = segment(0, 2, ScanPosition.START);
        ReplicationSplit finished = segment(1, 2, ScanPosition.END);

        RunningReader reader = start(held, finished);
        reader.poll();

        assertThat(reader.sent().get(0)).isEqualTo(new ReaderReport(List.of(held), List.of(finished)));
        reader.pollUntilFinished(2);
        assertThat(db.calls().count(ServiceCall.toSegment(1))).isZero();
        assertThat(reader.snapshot()).containsExactlyInAnyOrder(finished, segment(0, 2, ScanPosition.END));
    }

    /** A HybridSource adds restored splits in this order. */
    @Test
    void restoredSplitsThatComeAfterTheStartAreInTheReportToo() throws Exception {
        fill(20);
        ReplicationSplit held = segment(0, 2, ScanPosition.START);
        ReplicationSplit finished = segment(1, 2, ScanPosition.END);
        RunningReader reader = start();
        reader.assign(List.of(held, finished));
        reader.poll();

        assertThat(reader.sent()).first().isEqualTo(new ReaderReport(List.of(held), List.of(finished)));
        reader.pollUntilFinished(2);
        assertThat(reader.sent()).hasSize(2);
    }

    @Test
    void splitsAssignedLaterAreNotPartOfTheReport() throws Exception {
        fill(20);
        RunningReader reader = start();
        reader.poll();
        reader.assign(List.of(segment(0, 1, ScanPosition.START)));

        reader.pollUntilFinished(1);

        assertThat(reader.sent())
                .containsExactly(
                        new ReaderReport(List.of(), List.of()),
                        new SplitsFinished(List.of(segment(0, 1, ScanPosition.END))));
    }

    @Test
    void aCheckpointNeverFallsInsideAPageAndEveryRestoreGoesOnWhereItWas() throws Exception {
        FakeTable table = fill(30);
        db.behaviour().scanPageItems(7).emptyScanPages(1);
        RunningReader reader = start(segment(0, 1, ScanPosition.START));

        int checkpoints = 0;
        while (reader.snapshot().stream().noneMatch(ReplicationSplit::isFinished)) {
            reader.poll();
            List<ChangeEvent> all = new ArrayList<>(reader.events());
            RunningReader restored = start(reader.snapshot().toArray(ReplicationSplit[]::new));
            restored.pollUntilFinished(1);
            all.addAll(restored.events());
            assertThat(all)
                    .extracting(event -> (MapItem) event.after())
                    .containsExactlyInAnyOrderElementsOf(table.snapshot().values());
            readers.remove(restored);
            restored.close();
            checkpoints++;
        }
        assertThat(checkpoints).isGreaterThanOrEqualTo(5);
    }

    @Test
    void keepsAFinishedSplitUntilItIsToldToForgetIt() throws Exception {
        fill(20);
        ReplicationSplit end = segment(0, 1, ScanPosition.END);
        RunningReader reader = start(segment(0, 1, ScanPosition.START));
        reader.pollUntilFinished(1);

        assertThat(reader.snapshot()).containsExactly(end);
        reader.forget("another split");
        assertThat(reader.snapshot()).containsExactly(end);
        reader.forget(end.splitId());
        assertThat(reader.snapshot()).isEmpty();
    }

    @Test
    void aSplitAssignedTwiceIsReadOnceAndItsEndIsReportedToWhoeverAsksAgain() throws Exception {
        fill(20);
        db.behaviour().scanPageItems(5);
        ReplicationSplit split = segment(0, 1, ScanPosition.START);
        RunningReader reader = start(split);
        reader.assign(List.of(split));
        reader.pollUntilFinished(1);

        reader.assign(List.of(split));

        assertThat(reader.events()).hasSize(20);
        assertThat(reader.sent(SplitsFinished.class))
                .hasSize(2)
                .containsOnly(new SplitsFinished(List.of(segment(0, 1, ScanPosition.END))));
    }

    @Test
    void boundedReadingEndsWhenAllSplitsHaveEndedThoughTheyAreStillKept() throws Exception {
        fill(20);
        RunningReader reader = start(segment(0, 2, ScanPosition.START));
        reader.assign(List.of(segment(1, 2, ScanPosition.START)));
        reader.noMoreSplits();

        pollToTheEnd(reader);

        assertThat(reader.events()).hasSize(20);
        assertThat(reader.snapshot()).hasSize(2).allMatch(ReplicationSplit::isFinished);
    }

    @Test
    void boundedReadingEndsForAReaderThatOnlyKeepsWhatItReadBefore() throws Exception {
        RunningReader reader = start(segment(0, 1, ScanPosition.END));
        assertThat(reader.poll()).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        reader.noMoreSplits();

        pollToTheEnd(reader);

        assertThat(reader.snapshot()).hasSize(1);
    }

    @Test
    void readsAShardToItsEndRecordByRecord() throws Exception {
        FakeStream stream = streamOf(30);
        db.behaviour().recordsPerPage(7);
        RunningReader reader = start(shard(stream, ShardPosition.BEGINNING));

        for (int emitted = 1; emitted <= 30; emitted++) {
            int number = emitted;
            reader.pollUntil("a record", () -> reader.events().size() == number);
            ShardSplit split = (ShardSplit) reader.snapshot().get(0);
            String last = stream.records(split.shardId()).get(number - 1).sequenceNumber();
            if (!split.isFinished()) {
                assertThat(split.position()).isEqualTo(new ShardPosition.After(last));
            }
        }
        reader.pollUntilFinished(1);
        assertThat(reader.sent(SplitsFinished.class)).hasSize(1);
    }

    @Test
    void aShardWithoutRecordsEnds() throws Exception {
        FakeStream stream = streamOf(0);
        RunningReader reader = start(shard(stream, ShardPosition.BEGINNING));

        reader.pollUntilFinished(1);

        assertThat(reader.events()).isEmpty();
        assertThat(((ShardSplit) reader.snapshot().get(0)).position()).isEqualTo(ShardPosition.END);
    }

    @Test
    void aGapIsReportedOnceBehindAllThatWasReadAndTheSplitStaysUnfinished() throws Exception {
        FakeStream stream = streamOf(30);
        db.behaviour().recordsPerPage(10);
        RunningReader reader = start(shard(stream, ShardPosition.BEGINNING));
        reader.pollUntil("a record", () -> reader.events().size() == 1);
        stream.trimWhole(stream.shards().get(0).shardId());

        reader.pollUntil("the gap", () -> !reader.sent(GapFound.class).isEmpty());
        reader.poll();

        List<GapFound> gaps = reader.sent(GapFound.class);
        assertThat(gaps).hasSize(1);
        assertThat(gaps.get(0).cause()).isEqualTo(GapCause.TRIMMED);
        assertThat(gaps.get(0).detail()).contains("GetRecords", "trimmed");
        ChangeEvent last = reader.events().get(reader.events().size() - 1);
        assertThat(gaps.get(0).split().position())
                .isEqualTo(new ShardPosition.After(last.origin().sequenceNumber()));
        assertThat(reader.snapshot()).containsExactly(gaps.get(0).split());
        assertThat(reader.sent(SplitsFinished.class)).isEmpty();
    }

    @Test
    void recordsBeforeTheAnchorAreDroppedAndCounted() throws Exception {
        db.clock().set(NOON.minusSeconds(60));
        FakeTable table = db.createTable(TableSpec.named(TABLE));
        fill(table, 5);
        db.clock().set(NOON);
        fill(table, 8);
        FakeStream stream = table.stream();
        db.disableStream(TABLE);
        ShardSplit split = shard(stream, ShardPosition.BEGINNING)
                .at(ShardPosition.BEGINNING, NOON.toEpochMilli(), NOON.toEpochMilli());
        RunningReader reader = start(split);

        reader.pollUntilFinished(1);

        assertThat(reader.events()).allMatch(event -> event.origin().time().equals(NOON));
        assertThat(reader.events()).isNotEmpty();
        assertThat(reader.metrics().count("recordsDroppedBeforeAnchor")).isEqualTo(5);
    }

    /** In event time, a copy is as early as its stream can begin: five minutes before the anchor. */
    @Test
    void aScannedItemShowsItsKeysAndCarriesTheTimeOfItsPage() throws Exception {
        db.clock().set(NOON);
        MapItem order = item("id", "a").n("total", 3).build();
        db.createTable(TableSpec.named(TABLE)).put(order);
        RunningReader reader = start(segment(0, 1, ScanPosition.START));

        reader.pollUntilFinished(1);

        RecordingOutput.Emitted emitted = reader.output().emitted().get(0);
        assertThat(emitted.timestamp()).isEqualTo(3_000 - 300_000);
        ChangeEvent event = emitted.event();
        assertThat(event.table()).isEqualTo(TABLE);
        assertThat(event.operation()).isEqualTo(Operation.READ);
        assertThat(event.epoch()).isEqualTo(3);
        assertThat(event.keys()).isEqualTo(item("id", "a").build());
        assertThat(event.after()).isEqualTo(order);
        assertThat(event.before()).isNull();
    }

    @Test
    void aChangeCarriesItsPlaceInTheStream() throws Exception {
        db.clock().set(NOON);
        FakeTable table = db.createTable(TableSpec.named(TABLE));
        table.put(item("id", "a").n("total", 3).build());
        FakeStream stream = table.stream();
        db.disableStream(TABLE);
        RunningReader reader = start(config(ROOMY), shard(stream, ShardPosition.BEGINNING));

        reader.pollUntilFinished(1);

        RecordingOutput.Emitted emitted = reader.output().emitted().get(0);
        assertThat(emitted.timestamp()).isEqualTo(NOON.toEpochMilli());
        ChangeEvent event = emitted.event();
        String shardId = stream.shards().get(0).shardId();
        assertThat(event.operation()).isEqualTo(Operation.INSERT);
        assertThat(event.origin().shardId()).isEqualTo(shardId);
        assertThat(event.origin().sequenceNumber())
                .isEqualTo(stream.records(shardId).get(0).sequenceNumber());
        assertThat(event.after()).isEqualTo(item("id", "a").n("total", 3).build());
        assertThat(event.before()).isNull();
    }

    @Test
    void aScannedItemAndItsImageInTheStreamAreCutAlikeAndKeepTheKey() throws Exception {
        FakeTable table = db.createTable(TableSpec.named(TABLE));
        table.put(item("id", "a")
                .map("address", item("city", "Bonn").s("zip", "1"))
                .build());
        table.put(item("id", "a")
                .map("address", item("city", "Ulm").s("zip", "2"))
                .build());
        FakeStream stream = table.stream();
        db.disableStream(TABLE);
        ReplicationConfig projected =
                config(ROOMY, Duration.ofMillis(1), Projection.parse("address.city, tags[0]", Map.of()));
        ReplicationSplit segment = new ScanSplit(TABLE, 1, 0, 1, ScanPosition.START);
        RunningReader reader = start(projected, segment, shard(stream, ShardPosition.BEGINNING));

        reader.pollUntilFinished(2);

        Map<Operation, ChangeEvent> events = reader.output().emitted().stream()
                .map(RecordingOutput.Emitted::event)
                .collect(Collectors.toMap(ChangeEvent::operation, event -> event));
        Item bonn = item("id", "a").map("address", item("city", "Bonn")).build();
        Item ulm = item("id", "a").map("address", item("city", "Ulm")).build();
        assertThat(events.get(Operation.READ).after()).isEqualTo(ulm);
        assertThat(events.get(Operation.READ).keys()).isEqualTo(item("id", "a").build());
        assertThat(events.get(Operation.INSERT).after()).isEqualTo(bonn);
        assertThat(events.get(Operation.MODIFY).after()).isEqualTo(ulm);
        assertThat(events.get(Operation.MODIFY).before()).isEqualTo(bonn);
    }

    @Test
    void restoredSplitsOfATableTakenOutOfTheJobAreDropped() throws Exception {
        ReplicationSplit held = new ScanSplit("gone", 3, 0, 1, ScanPosition.START);
        ReplicationSplit finished = new ScanSplit("gone", 2, 0, 1, ScanPosition.END);

        RunningReader reader = start(held, finished);
        reader.poll();

        assertThat(reader.sent()).containsExactly(new ReaderReport(List.of(), List.of()));
        assertThat(reader.snapshot()).isEmpty();
    }

    /** The enumerator decides about the copy. The splits of other tables continue. */
    @Test
    void aSegmentOfATableThatIsGoneWaits() throws Exception {
        RunningReader reader = start(segment(0, 1, ScanPosition.START));
        Eventually.holds("the refusals are counted", () -> reader.metrics().count("callsRefusedOtherwise") > 1);

        db.createTable(TableSpec.named(TABLE)).put(item("id", "a").build());
        reader.pollUntilFinished(1);
        assertThat(reader.events()).hasSize(1);
    }

    @Test
    void metricsCountItemsNotPagesAndSayWhatWasRefused() throws Exception {
        fill(30);
        db.behaviour().scanPageItems(7).emptyScanPages(1);
        db.faults().refuseNext(1, CallKind.SCAN, Refusal.Kind.THROTTLED);
        db.faults().refuseNext(1, CallKind.SCAN, Refusal.Kind.DENIED);
        RunningReader reader = start(segment(0, 1, ScanPosition.START));

        reader.pollUntilFinished(1);

        RecordingMetrics metrics = reader.metrics();
        assertThat(metrics.count("numRecordsIn")).isEqualTo(30);
        assertThat(metrics.count("emittedBySchema")).isEqualTo(30);
        assertThat(metrics.count("callsThrottled")).isEqualTo(1);
        assertThat(metrics.count("callsDenied")).isEqualTo(1);
        assertThat(metrics.count("callsUnavailable")).isZero();
        assertThat(metrics.count("numRecordsInErrors"))
                .as("a refused call does not count as a record")
                .isZero();
        assertThat(metrics.count("calls")).isEqualTo(db.calls().calls().size());
        assertThat(metrics.has("pendingRecords")).isFalse();
        reader.pollUntil("nothing is held", () -> metrics.value("heldSplits").equals(0));
    }

    @Test
    void aRecordThatTheSchemaRefusesCountsAsAnErrorAndFailsTheTask() {
        fill(3);
        RunningReader reader = RunningReader.restored(
                db, config(ROOMY), List.of(segment(0, 1, ScanPosition.START)), new RefusingSchema());
        readers.add(reader);

        assertThatThrownBy(() -> reader.pollUntilFinished(1)).hasMessageContaining("not an item of mine");

        assertThat(reader.metrics().count("numRecordsInErrors")).isEqualTo(1);
    }

    @Test
    void aMessageThatNoRuleKnowsFailsTheTask() {
        RunningReader reader = start();

        assertThatThrownBy(() -> reader.receive(new UnknownMessage()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("UnknownMessage");
    }

    private record UnknownMessage() implements SourceEvent {}

    private static final class RefusingSchema implements DynamoDbDeserializationSchema<ChangeEvent> {
        @Override
        public void deserialize(ChangeEvent event, Collector<ChangeEvent> out) throws IOException {
            throw new IOException("This is not an item of mine");
        }

        @Override
        public TypeInformation<ChangeEvent> getProducedType() {
            return TypeInformation.of(ChangeEvent.class);
        }
    }

    @Test
    void theFetchLagIsTheAgeOfTheLastRecordOnDynamoDbsOwnClock() throws Exception {
        db.clock().set(NOON);
        FakeTable table = db.createTable(TableSpec.named(TABLE));
        fill(table, 3);
        db.clock().advance(Duration.ofSeconds(90));
        RunningReader reader = start(shard(table.stream(), ShardPosition.BEGINNING));

        reader.pollUntil("the records are read", () -> reader.events().size() == 3);

        assertThat(reader.metrics().value("currentFetchEventTimeLag")).isEqualTo(90_000L);
    }

    private RunningReader start(ReplicationSplit... splits) {
        return start(config(ROOMY), splits);
    }

    private RunningReader start(ReplicationConfig config, ReplicationSplit... splits) {
        RunningReader reader = RunningReader.restored(db, config, List.of(splits));
        readers.add(reader);
        return reader;
    }

    private static void pollToTheEnd(RunningReader reader) throws Exception {
        InputStatus status = reader.poll();
        while (status != InputStatus.END_OF_INPUT) {
            status = reader.poll();
        }
    }

    private FakeTable fill(int items) {
        FakeTable table = db.createTable(TableSpec.named(TABLE).withoutStream());
        fill(table, items);
        return table;
    }

    private static void fill(FakeTable table, int items) {
        IntStream.range(0, items)
                .forEach(i -> table.put(item("id", "o" + i).n("items", items).build()));
    }

    /** Returns a stream of one closed shard. */
    private FakeStream streamOf(int records) {
        FakeTable table = db.createTable(TableSpec.named(TABLE));
        fill(table, records);
        FakeStream stream = table.stream();
        db.disableStream(TABLE);
        return stream;
    }

    private static ReplicationSplit segment(int segment, int total, ScanPosition position) {
        return new ScanSplit(TABLE, 3, segment, total, position);
    }

    private ShardSplit shard(FakeStream stream, ShardPosition position) {
        String id = stream.shards().get(0).shardId();
        return new ShardSplit(stream.key(id), 3, position, db.clock().millis(), ShardSplit.DROP_NOTHING);
    }
}
