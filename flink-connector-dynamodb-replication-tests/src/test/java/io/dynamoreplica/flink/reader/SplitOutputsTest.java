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

import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.ServiceCall;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.core.io.InputStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests of the outputs that Flink opens for splits. An output that is never closed holds back the watermark. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SplitOutputsTest {

    private static final ScanSplit READ = segment(TABLE, 0, ScanPosition.START);
    private static final ScanSplit FINISHED = segment(TABLE, 1, ScanPosition.END);

    private final FakeDynamoDb db = new FakeDynamoDb();
    private RunningReader reader;

    @BeforeEach
    void createTable() {
        FakeTable table = db.createTable(TableSpec.named(TABLE));
        IntStream.range(0, 20).forEach(i -> table.put(item("id", "k" + i).build()));
        db.faults().stall("all scans", ServiceCall.ofReaders());
    }

    @AfterEach
    void close() throws Exception {
        db.faults().releaseAll();
        reader.close();
        db.close();
    }

    @Test
    void aRestoredSplitThatHasEndedIsClosedOnTheFirstTurn() throws Exception {
        restore(READ, FINISHED);

        assertThat(open()).containsExactly(READ.splitId(), FINISHED.splitId());
        reader.poll();
        assertThat(open()).containsExactly(READ.splitId());
    }

    @Test
    void soIsOneOfATableThatIsNotConfiguredAnyMore() throws Exception {
        restore(READ, segment("former", 0, ScanPosition.START));

        reader.poll();
        assertThat(open()).containsExactly(READ.splitId());
    }

    @Test
    void anEndedSplitThatIsAssignedAgainWakesTheTaskToCloseIt() throws Exception {
        restore(READ, FINISHED);
        assertThat(reader.poll()).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        CompletableFuture<Void> available = reader.available();
        assertThat(available).isNotDone();

        reader.assign(List.of(FINISHED.at(ScanPosition.START)));

        assertThat(available).isDone();
        reader.poll();
        assertThat(open()).containsExactly(READ.splitId());
    }

    @Test
    void aSplitThatIsReadStaysOpenWhenItIsAssignedAgain() throws Exception {
        restore(READ);

        reader.assign(List.of(READ));
        reader.poll();
        assertThat(open()).containsExactly(READ.splitId());
    }

    @Test
    void aSplitThatEndsIsClosedAndNothingIsLeftOfTheEndOfItsCopy() throws Exception {
        restore(READ);
        db.faults().releaseAll();
        reader.pollUntilFinished(1);
        reader.ended(TABLE, 7, 42_000);

        reader.drain();
        assertThat(reader.events()).isNotEmpty();
        assertThat(open()).isEmpty();
    }

    @Test
    void aReaderWithoutSplitsIsIdleOnceItIsToldAndNotBefore() throws Exception {
        restore(READ);
        db.faults().releaseAll();
        reader.pollUntilFinished(1);
        reader.drain();
        assertThat(reader.output().isIdle()).isFalse();
        CompletableFuture<Void> available = reader.available();

        reader.nothingToRead();
        assertThat(available).isDone();
        reader.poll();
        assertThat(reader.output().isIdle()).isTrue();
        assertThat(open()).isEmpty();
    }

    @Test
    void oneThatNeverHadASplitIsIdleOnceItIsTold() throws Exception {
        restore();
        reader.poll();
        assertThat(reader.output().isIdle()).isFalse();

        reader.nothingToRead();
        reader.poll();
        assertThat(reader.output().isIdle()).isTrue();
    }

    @Test
    void oneThatIsGivenASplitMeanwhileIsNot() throws Exception {
        restore();
        reader.nothingToRead();
        reader.assign(List.of(READ));
        reader.poll();
        assertThat(reader.output().isIdle()).isFalse();

        db.faults().releaseAll();
        reader.pollUntilFinished(1);
        reader.drain();
        assertThat(reader.output().isIdle()).as("it is not told again").isFalse();
    }

    @Test
    void aSplitThatWasWithdrawnAndIsNotClosedYetPutsItOff() throws Exception {
        restore(READ);
        reader.withdraw(TABLE, 7);
        reader.nothingToRead();
        reader.pollUntil("the output is closed", () -> reader.output().open().isEmpty());
        reader.drain();
        assertThat(reader.output().isIdle()).isTrue();
    }

    private void restore(ReplicationSplit... splits) {
        reader = RunningReader.restored(db, config(ROOMY), List.of(splits));
    }

    private Iterable<String> open() {
        return reader.output().open();
    }

    private static ScanSplit segment(String table, int segment, ScanPosition position) {
        return new ScanSplit(table, 7, segment, 2, position);
    }
}
