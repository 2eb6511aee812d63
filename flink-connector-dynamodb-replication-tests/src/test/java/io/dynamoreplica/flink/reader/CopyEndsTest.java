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

import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.DynamoDbDeserializationSchema;
import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.config.ReplicationConfigParser;
import io.dynamoreplica.flink.config.TableConfigs;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of when a schema is told the end of a copy, and with which time. */
@Timeout(60)
class CopyEndsTest {

    private static final Instant ANSWERED = Instant.parse("2026-01-01T10:00:00Z");
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private final Heard heard = new Heard();

    @Test
    void theFirstAnswerOfAShardBoundsTheCopyThatItFollows() {
        CopyEnds ends = new CopyEnds(config(ROOMY), heard);

        ends.learn(shard("shard-1", 7), ANSWERED);
        ends.learn(shard("shard-1", 7), ANSWERED.plusSeconds(60));
        ends.learn(shard("shard-2", 7), ANSWERED.plusSeconds(61));
        ends.learn(shard("shard-3", 8), ANSWERED.plusSeconds(3600));
        ends.learn(shard("shard-1", 7), ANSWERED.plusSeconds(3601));

        assertThat(heard.words)
                .containsExactly(
                        TABLE + " 7 " + ANSWERED.plus(MARGIN),
                        TABLE + " 8 " + ANSWERED.plusSeconds(3600).plus(MARGIN));
    }

    @ParameterizedTest
    @CsvSource({
        "scan.startup.mode,       latest-offset",
        "scan.startup.mode,       earliest-offset",
        "scan.snapshot.hand-over, immediate",
        "scan.stream.on-gap,      ignore",
    })
    void whereNoFenceStandsBetweenCopyAndStreamOrChangesCanLackThereIsNoBound(String option, String value) {
        ReplicationConfig config =
                ReplicationConfigParser.parse(List.of(TableConfigs.named(TABLE, option, value)), Map.of());

        new CopyEnds(config, heard).learn(shard("shard-1", 7), ANSWERED);

        assertThat(heard.words).isEmpty();
    }

    @Test
    void aReaderSaysItBeforeTheFirstChangeAndEachAttemptAnew() throws Exception {
        try (FakeDynamoDb db = new FakeDynamoDb()) {
            FakeTable table = db.createTable(TableSpec.named(TABLE));
            table.put(item("id", "k1").build());
            ShardKey key = table.stream().key(table.stream().openShards().get(0));
            long now = db.clock().instant().toEpochMilli();
            ShardSplit split = new ShardSplit(key, 7, ShardPosition.BEGINNING, now, ShardSplit.DROP_NOTHING);

            List<ReplicationSplit> state;
            try (RunningReader reader = RunningReader.restored(db, config(ROOMY), List.of(split), heard)) {
                reader.pollUntil("a change", () -> reader.events().size() == 1);
                state = reader.snapshot();
            }
            assertThat(heard.words).hasSize(2).last().isEqualTo("change");
            assertThat(heard.words.get(0)).startsWith(TABLE + " 7 ");

            table.put(item("id", "k2").build());
            try (RunningReader reader = RunningReader.restored(db, config(ROOMY), state, heard)) {
                reader.pollUntil("a change", () -> reader.events().size() == 1);
            }
            assertThat(heard.words).hasSize(4).last().isEqualTo("change");
            assertThat(heard.words.get(2)).startsWith(TABLE + " 7 ");
        }
    }

    private static ShardSplit shard(String id, long epoch) {
        return new ShardSplit(
                new ShardKey(TABLE, "arn", id), epoch, ShardPosition.BEGINNING, 0, ShardSplit.DROP_NOTHING);
    }

    private static final class Heard implements DynamoDbDeserializationSchema<ChangeEvent> {

        private final transient List<String> words = new ArrayList<>();

        @Override
        public void deserialize(ChangeEvent event, Collector<ChangeEvent> out) {
            words.add("change");
            out.collect(event.materialised());
        }

        @Override
        public void copyEnded(String table, long epoch, Instant by) {
            words.add(table + " " + epoch + " " + by);
        }

        @Override
        public TypeInformation<ChangeEvent> getProducedType() {
            return TypeInformation.of(ChangeEvent.class);
        }
    }
}
