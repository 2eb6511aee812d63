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

import io.dynamoreplica.flink.change.AttributeValue.S;
import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.ChangeEvent.Images;
import io.dynamoreplica.flink.change.ChangeEvent.Origin;
import io.dynamoreplica.flink.change.DynamoDbDeserializationSchema;
import io.dynamoreplica.flink.change.EpochEvent;
import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.reader.RecordingOutput.Emitted;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests of the places of a copy's begin and end among the elements of one reader. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class EpochEventsTest {

    private static final long EPOCH = 7;

    private final FakeDynamoDb db = new FakeDynamoDb();
    private final FakeTable table = db.createTable(TableSpec.named(TABLE));
    private RunningReader reader;

    @AfterEach
    void close() throws Exception {
        reader.close();
        db.close();
    }

    @Test
    void theBeginComesOnceAheadOfTheFirstRowOfWhateverSegment() throws Exception {
        fill(20);
        db.behaviour().scanPageItems(3);
        start(segment(0, 2, EPOCH), segment(1, 2, EPOCH));
        reader.pollUntilFinished(2);

        assertThat(words()).hasSize(21).startsWith("BEGIN 7", "row 7").containsOnlyOnce("BEGIN 7");
        List<Emitted> emitted = reader.output().emitted();
        assertThat(emitted.get(0).timestamp()).isEqualTo(emitted.get(1).timestamp());
        assertThat(reader.metrics().count("numRecordsIn")).as("items").isEqualTo(20);
    }

    @Test
    void aPartThatTurnsOutToBeEmptyHasItsBeginToo() throws Exception {
        start(segment(0, 1, EPOCH));
        reader.pollUntilFinished(1);

        assertThat(words()).containsExactly("BEGIN 7");
    }

    @Test
    void theNextCopyHasItsOwnBegin() throws Exception {
        fill(1);
        start(segment(0, 1, EPOCH));
        reader.pollUntilFinished(1);
        reader.assign(List.of(segment(0, 1, EPOCH + 1)));
        reader.pollUntilFinished(2);

        assertThat(words()).containsExactly("BEGIN 7", "row 7", "BEGIN 8", "row 8");
    }

    @Test
    void theEndWakesAnIdleTaskAndIsEmittedInItsNextPoll() throws Exception {
        start();
        assertThat(reader.poll()).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        CompletableFuture<Void> available = reader.available();
        assertThat(available).isNotDone();

        reader.ended(TABLE, EPOCH, 42_000);
        assertThat(available).isDone();
        assertThat(words()).as("a message alone emits nothing").isEmpty();

        assertThat(reader.poll()).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(words()).containsExactly("END 7");
        assertThat(reader.output().emitted().get(0).timestamp()).isEqualTo(42_000);
        assertThat(reader.metrics().count("numRecordsIn")).isZero();
        assertThat(reader.available()).as("idle again").isNotDone();

        reader.ended(TABLE, EPOCH + 1, 43_000);
        assertThat(reader.available()).isDone();
        reader.poll();
        assertThat(words()).containsExactly("END 7", "END 8");
    }

    @Test
    void whoWaitsForAnEndIsWokenByRecordsAsWell() throws Exception {
        fill(1);
        start();
        reader.poll();
        CompletableFuture<Void> available = reader.available();
        assertThat(reader.available()).as("the same future at each request").isSameAs(available);
        reader.assign(List.of(segment(0, 1, EPOCH)));

        available.get(60, TimeUnit.SECONDS);
        reader.pollUntilFinished(1);
        assertThat(words()).containsExactly("BEGIN 7", "row 7");
    }

    @Test
    void aReaderThatMayFinishSaysTheEndFirst() throws Exception {
        fill(1);
        start(segment(0, 1, EPOCH));
        reader.pollUntilFinished(1);
        reader.ended(TABLE, EPOCH, 42_000);
        reader.noMoreSplits();

        reader.pollUntilEnd();
        assertThat(words()).containsExactly("BEGIN 7", "row 7", "END 7");
    }

    private void start(ReplicationSplit... splits) {
        reader = RunningReader.restored(db, config(ROOMY), List.of(splits), new WithEpochs());
    }

    private static ScanSplit segment(int segment, int total, long epoch) {
        return new ScanSplit(TABLE, epoch, segment, total, ScanPosition.START);
    }

    private void fill(int items) {
        IntStream.range(0, items).forEach(i -> table.put(item("id", "k" + i).build()));
    }

    private List<String> words() {
        return reader.events().stream()
                .map(event -> event.isFromSnapshot() ? "row " + event.epoch() : WithEpochs.wordOf(event))
                .toList();
    }

    /** A schema that emits a begin or end as the removal of an item with its kind. */
    private static final class WithEpochs implements DynamoDbDeserializationSchema<ChangeEvent> {

        @Override
        public void deserialize(ChangeEvent event, Collector<ChangeEvent> out) {
            out.collect(event.materialised());
        }

        @Override
        public void epoch(EpochEvent event, Collector<ChangeEvent> out) {
            out.collect(new ChangeEvent(
                    event.table(),
                    Operation.REMOVE,
                    new Images(MapItem.of(Map.of("kind", new S(event.kind().name()))), null, null),
                    Origin.scanned(event.epoch(), Instant.EPOCH)));
        }

        static String wordOf(ChangeEvent event) {
            return ((S) event.keys().materialise().get("kind")).value() + " " + event.epoch();
        }

        @Override
        public TypeInformation<ChangeEvent> getProducedType() {
            return TypeInformation.of(ChangeEvent.class);
        }
    }
}
