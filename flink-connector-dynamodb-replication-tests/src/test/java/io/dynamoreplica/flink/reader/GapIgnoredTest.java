/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import static io.dynamoreplica.flink.reader.ReaderConfigs.TABLE;
import static io.dynamoreplica.flink.reader.ReaderConfigs.ignoringGaps;
import static io.dynamoreplica.flink.testing.fake.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.service.StreamRecord;
import io.dynamoreplica.flink.split.GapCause;
import io.dynamoreplica.flink.split.GapFound;
import io.dynamoreplica.flink.split.NothingGiven;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import io.dynamoreplica.flink.split.SplitsFinished;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeStream;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests of a reader that is configured to ignore gaps, with one closed shard of thirty records. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class GapIgnoredTest {

    private final FakeDynamoDb db = new FakeDynamoDb();
    private final List<RunningReader> readers = new ArrayList<>();
    private FakeStream stream;
    private String shardId;

    @BeforeEach
    void fill() {
        FakeTable table = db.createTable(TableSpec.named(TABLE));
        IntStream.range(0, 30).forEach(i -> table.put(item("id", "o" + i).build()));
        stream = table.stream();
        shardId = stream.shards().get(0).shardId();
        db.disableStream(TABLE);
        db.behaviour().recordsPerPage(10);
    }

    @AfterEach
    void close() throws Exception {
        for (RunningReader reader : readers) {
            reader.close();
        }
        db.close();
    }

    @Test
    void goesOnFromTheOldestRecordKeptAndReportsWhatWasBeforeTheGap() throws Exception {
        RunningReader reader = start(shard());
        reader.pollUntil("a record", () -> reader.events().size() == 1);
        stream.trim(shardId, records().get(24).sequenceNumber());

        reader.pollUntilFinished(1);

        List<GapFound> gaps = reader.sent(GapFound.class);
        assertThat(gaps).hasSize(1);
        assertThat(gaps.get(0).cause()).isEqualTo(GapCause.TRIMMED);
        int read = reader.events().size() - 5;
        StreamRecord lastBefore = records().get(read - 1);
        assertThat(gaps.get(0).split())
                .isEqualTo(shard().at(
                                new ShardPosition.After(lastBefore.sequenceNumber()),
                                shard().proof(),
                                ShardSplit.DROP_NOTHING));
        assertThat(sequenceNumbers(reader).subList(read, read + 5))
                .isEqualTo(sequenceNumbers(records().subList(25, 30)));
        assertThat(reader.metrics().count("numRecordsIn")).isEqualTo(read + 5);
    }

    @Test
    void aRestoreBehindTheGapDoesNotMeetItAgain() throws Exception {
        stream.trim(shardId, records().get(19).sequenceNumber());
        RunningReader reader = start(shard().at(
                        new ShardPosition.After(records().get(4).sequenceNumber()),
                        shard().proof(),
                        ShardSplit.DROP_NOTHING));
        reader.pollUntil("the gap", () -> !reader.sent(GapFound.class).isEmpty());
        List<ReplicationSplit> checkpoint = reader.snapshot();

        assertThat(((ShardSplit) checkpoint.get(0)).position()).isEqualTo(ShardPosition.OLDEST_KEPT);
        RunningReader restored = start(checkpoint.get(0));
        restored.pollUntilFinished(1);
        assertThat(restored.sent(GapFound.class)).isEmpty();
        assertThat(sequenceNumbers(restored))
                .isEqualTo(sequenceNumbers(records().subList(20, 30)));
    }

    @Test
    void aShardThatWasNotAskedForADayIsReadFromWhatIsKept() throws Exception {
        ShardSplit split = shard();
        db.clock().advance(Duration.ofHours(25));
        stream.trim(shardId, records().get(9).sequenceNumber());
        RunningReader reader = start(split);

        reader.pollUntilFinished(1);

        List<GapFound> gaps = reader.sent(GapFound.class);
        assertThat(gaps).hasSize(1);
        assertThat(gaps.get(0).cause()).isEqualTo(GapCause.AGED_OUT);
        assertThat(gaps.get(0).split()).isEqualTo(split);
        assertThat(sequenceNumbers(reader)).isEqualTo(sequenceNumbers(records().subList(10, 30)));
    }

    @Test
    void aShardThatIsGoneBehindItsGapEndsOnceTheEnumeratorSaysThatItIsClosed() throws Exception {
        ShardSplit split = shard().at(
                        new ShardPosition.After(records().get(4).sequenceNumber()),
                        shard().proof(),
                        ShardSplit.DROP_NOTHING);
        stream.unlist(shardId);
        RunningReader reader = start(split);
        reader.pollUntil("the question", () -> !reader.sent(NothingGiven.class).isEmpty());
        assertThat(reader.sent(SplitsFinished.class)).isEmpty();

        reader.shardClosed(split.splitId());
        reader.pollUntilFinished(1);

        assertThat(reader.events()).isEmpty();
        assertThat(reader.sent(GapFound.class)).hasSize(1);
        NothingGiven asked = reader.sent(NothingGiven.class).get(0);
        assertThat(asked.split()).isEqualTo(split.at(ShardPosition.OLDEST_KEPT, split.proof(), split.dropBefore()));
        assertThat(reader.metrics().count("numRecordsIn")).isZero();
    }

    private RunningReader start(ReplicationSplit split) {
        RunningReader reader = RunningReader.restored(db, ignoringGaps(), List.of(split));
        readers.add(reader);
        return reader;
    }

    private List<StreamRecord> records() {
        return stream.records(shardId);
    }

    private static List<String> sequenceNumbers(List<StreamRecord> records) {
        return records.stream().map(StreamRecord::sequenceNumber).toList();
    }

    private static List<String> sequenceNumbers(RunningReader reader) {
        return reader.events().stream()
                .map(ChangeEvent::origin)
                .map(origin -> origin.sequenceNumber())
                .toList();
    }

    /** Returns a shard whose proof is the time at which it was filled. */
    private ShardSplit shard() {
        return new ShardSplit(
                stream.key(shardId), 3, ShardPosition.BEGINNING, db.clock().millis(), ShardSplit.DROP_NOTHING);
    }
}
