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

import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import io.dynamoreplica.flink.testing.Eventually;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeStream;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests of the headroom gauge of a complete reader, on DynamoDB's clock. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class HeadroomOfReaderTest {

    private static final long ALL = Duration.ofHours(24).toSeconds();

    /** Longer than the real time that a test takes. */
    private static final long SOME_MINUTES = 180;

    private final FakeDynamoDb db = new FakeDynamoDb();
    private FakeStream stream;
    private String shardId;
    private RunningReader reader;

    @BeforeEach
    void aRecordThatIsThreeHoursOld() {
        db.createTable(TableSpec.named(TABLE)).put(item("id", "a").build());
        stream = db.table(TABLE).stream();
        shardId = stream.shards().get(0).shardId();
        db.clock().advance(Duration.ofHours(3));
        reader = RunningReader.restored(db, config(ROOMY), List.of());
    }

    @AfterEach
    void close() throws Exception {
        reader.close();
        db.close();
    }

    @Test
    void fallsByTheAgeOfARecordAndRecoversWhenTheShardIsCaughtUp() throws Exception {
        assertThat(headroom()).isEqualTo(ALL);
        reader.assign(List.of(shard()));
        reader.pollUntil("the record is read", () -> reader.events().size() == 1);
        untilHeadroomIs(21);
        Eventually.holds("empty pages are read", () -> reader.metrics().count("calls") > 5);

        db.clock().advance(Duration.ofMinutes(6));

        untilHeadroomIs(24);
    }

    @Test
    void aShardThatHasEndedCountsNoMore() throws Exception {
        reader.assign(List.of(shard()));
        untilHeadroomIs(21);
        Eventually.holds(
                "its record is late", () -> fetchLag() >= Duration.ofHours(3).toMillis());
        db.disableStream(TABLE);

        reader.pollUntilFinished(1);

        assertThat(headroom()).isEqualTo(ALL);
        assertThat(fetchLag()).isEqualTo(FetchLag.UNKNOWN);
    }

    @Test
    void aShardThatWasWithdrawnCountsNoMore() {
        reader.assign(List.of(shard()));
        untilHeadroomIs(21);

        reader.withdraw(TABLE, 3);

        Eventually.holds("nothing is read", () -> headroom() == ALL);
        Eventually.holds("nothing has a lag", () -> fetchLag() == FetchLag.UNKNOWN);
    }

    private void untilHeadroomIs(int hours) {
        long seconds = Duration.ofHours(hours).toSeconds();
        Eventually.holds(
                "headroom is " + hours + " h", () -> headroom() <= seconds && headroom() > seconds - SOME_MINUTES);
    }

    private long headroom() {
        return (long) reader.metrics().value(TABLE + ".retentionHeadroom");
    }

    private long fetchLag() {
        return (long) reader.metrics().value("currentFetchEventTimeLag");
    }

    private ShardSplit shard() {
        return new ShardSplit(
                stream.key(shardId), 3, ShardPosition.BEGINNING, db.clock().millis(), ShardSplit.DROP_NOTHING);
    }
}
