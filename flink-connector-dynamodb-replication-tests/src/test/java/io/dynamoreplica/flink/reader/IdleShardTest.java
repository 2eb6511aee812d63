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

import io.dynamoreplica.flink.split.GapCause;
import io.dynamoreplica.flink.split.GapFound;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import io.dynamoreplica.flink.testing.Eventually;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests of a shard without records that is read for longer than a stream keeps records. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class IdleShardTest {

    private final FakeDynamoDb db = new FakeDynamoDb();
    private final List<RunningReader> readers = new ArrayList<>();
    private FakeTable table;
    private ReplicationSplit checkpoint;

    @BeforeEach
    void idleForThreeDays() throws Exception {
        table = db.createTable(TableSpec.named(TABLE));
        String shardId = table.stream().shards().get(0).shardId();
        RunningReader reader = start(new ShardSplit(
                table.stream().key(shardId),
                3,
                ShardPosition.BEGINNING,
                db.clock().millis(),
                ShardSplit.DROP_NOTHING));
        for (int spells = 0; spells < 4; spells++) {
            db.clock().advance(Duration.ofHours(20));
            awaitPages(reader, 20);
            db.clock().advance(Duration.ofMinutes(6));
            long now = db.clock().millis();
            reader.pollUntil("the proof is kept", () -> proof(reader) == now);
        }
        assertThat(reader.events()).isEmpty();
        assertThat(reader.metrics().count("numRecordsIn")).isZero();
        assertThat(reader.sent(GapFound.class)).isEmpty();
        checkpoint = reader.snapshot().get(0);
        reader.close();
        readers.remove(reader);
    }

    @AfterEach
    void close() throws Exception {
        for (RunningReader reader : readers) {
            reader.close();
        }
        db.close();
    }

    @Test
    void isWholeAfterARestore() throws Exception {
        db.clock().advance(Duration.ofHours(23));
        table.put(item("id", "a").build());

        RunningReader restored = start(checkpoint);
        restored.pollUntil(
                "the first record of the shard", () -> restored.events().size() == 1);

        assertThat(restored.sent(GapFound.class)).isEmpty();
    }

    @Test
    void hasAGapAfterAStopOfMoreThanADay() throws Exception {
        db.clock().advance(Duration.ofHours(25));

        RunningReader restored = start(checkpoint);
        restored.pollUntil("the gap", () -> !restored.sent(GapFound.class).isEmpty());

        assertThat(restored.sent(GapFound.class).get(0).cause()).isEqualTo(GapCause.AGED_OUT);
    }

    private RunningReader start(ReplicationSplit split) {
        RunningReader reader = RunningReader.restored(db, config(ROOMY), List.of(split));
        readers.add(reader);
        return reader;
    }

    /**
     * Waits until more pages are read, and takes them as the task does, because a split with waiting pages makes no
     * calls.
     */
    private void awaitPages(RunningReader reader, int pages) {
        long before = reader.metrics().count("calls");
        Eventually.holds("pages are read", () -> {
            reader.drain();
            return reader.metrics().count("calls") >= before + pages;
        });
    }

    private static long proof(RunningReader reader) {
        return ((ShardSplit) reader.snapshot().get(0)).proof();
    }
}
