/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import static io.dynamoreplica.flink.testing.fake.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.ChangeEvent.Images;
import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.service.ShardPage;
import io.dynamoreplica.flink.service.StreamRecord;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReaderHeadroomTest {

    private static final Instant NOON = Instant.parse("2025-06-01T12:00:00Z");
    private static final long ALL = Duration.ofHours(24).toSeconds();

    /** The machine's clock, which is independent of DynamoDB's. */
    private long clock = 77_000;

    private final List<String> warnings = new ArrayList<>();
    private final ReaderHeadroom headroom = new ReaderHeadroom(List.of("orders", "users"), () -> clock, warnings::add);

    @Test
    void isAllOfItWhenNothingIsRead() {
        headroom.given(new ScanSplit("orders", 3, 0, 1, ScanPosition.START));

        assertThat(headroom.seconds("orders")).isEqualTo(ALL);
        headroom.watch();
        assertThat(warnings).isEmpty();
    }

    @Test
    void isWhatTheAgeOfTheLastRecordLeaves() {
        headroom.given(shard("orders", 1, NOON.minus(Duration.ofHours(9))));

        headroom.answered(shard("orders", 1), page(NOON, Duration.ofHours(5), Duration.ofHours(3)));

        assertThat(headroom.seconds("orders")).isEqualTo(hours(21));
        assertThat(headroom.seconds("users")).isEqualTo(ALL);
    }

    @Test
    void isThatOfTheShardThatIsFurthestBehind() {
        headroom.given(shard("orders", 1));
        headroom.given(shard("orders", 2));
        headroom.answered(shard("orders", 1), page(NOON, Duration.ofHours(3)));
        headroom.answered(shard("orders", 2), page(NOON, Duration.ofHours(8)));
        assertThat(headroom.seconds("orders")).isEqualTo(hours(16));

        headroom.answered(shard("orders", 2), page(NOON, Duration.ofHours(1)));
        assertThat(headroom.seconds("orders")).isEqualTo(hours(21));

        headroom.gone(shard("orders", 1));
        assertThat(headroom.seconds("orders")).isEqualTo(hours(23));
    }

    @Test
    void aShardIsCaughtUpOnceItsPagesHaveBeenEmptyForFiveMinutes() {
        headroom.given(shard("orders", 1));
        headroom.answered(shard("orders", 1), page(NOON, Duration.ofHours(3)));
        headroom.answered(shard("orders", 1), page(NOON));
        headroom.answered(shard("orders", 1), page(NOON.plusSeconds(299)));
        assertThat(headroom.seconds("orders")).isEqualTo(hours(21) - 299);

        headroom.answered(shard("orders", 1), page(NOON.plusSeconds(300)));
        assertThat(headroom.seconds("orders")).isEqualTo(ALL);

        headroom.answered(shard("orders", 1), page(NOON.plusSeconds(400), Duration.ofHours(3)));
        headroom.answered(shard("orders", 1), page(NOON.plusSeconds(401)));
        assertThat(headroom.seconds("orders")).isEqualTo(hours(21) - 1);
    }

    @Test
    void aShardWithoutAnAnswerIsAsOldAsItsProof() {
        headroom.given(shard("orders", 1, NOON.minus(Duration.ofHours(10))));
        headroom.given(shard("users", 1));

        headroom.answered(shard("users", 1), page(NOON));

        assertThat(headroom.seconds("orders")).isEqualTo(hours(14));
    }

    @Test
    void shrinksWhileNoAnswerComes() {
        headroom.given(shard("orders", 1, NOON));
        clock += Duration.ofHours(2).toMillis();
        assertThat(headroom.seconds("orders")).isEqualTo(hours(22));

        clock += Duration.ofHours(40).toMillis();
        assertThat(headroom.seconds("orders")).isZero();
    }

    @Test
    void anAnswerThatWaitedDoesNotTurnTimeBack() {
        headroom.given(shard("orders", 1, NOON));
        clock += Duration.ofHours(2).toMillis();

        headroom.answered(shard("orders", 1), page(NOON.plusSeconds(1)));

        assertThat(headroom.seconds("orders")).isEqualTo(hours(22));
    }

    @Test
    void warnsOnceWheneverItGetsLow() {
        headroom.given(shard("orders", 1, NOON));
        clock += Duration.ofHours(18).toMillis();
        headroom.watch();
        assertThat(warnings).isEmpty();

        clock += Duration.ofMinutes(6).toMillis();
        headroom.watch();
        headroom.watch();
        assertThat(warnings).hasSize(1);
        assertThat(warnings.get(0)).contains("Table orders", "5.9 hours", "parallelism", "docs/operations.md");

        headroom.answered(shard("orders", 1), page(NOON.plus(Duration.ofHours(20)), Duration.ZERO));
        headroom.watch();
        clock += Duration.ofHours(19).toMillis();
        headroom.watch();
        assertThat(warnings).hasSize(2);
    }

    private static long hours(int hours) {
        return Duration.ofHours(hours).toSeconds();
    }

    private static ShardSplit shard(String table, int number) {
        return shard(table, number, NOON);
    }

    private static ShardSplit shard(String table, int number, Instant proof) {
        return new ShardSplit(
                new ShardKey(table, "arn", "shard-" + number),
                3,
                ShardPosition.BEGINNING,
                proof.toEpochMilli(),
                ShardSplit.DROP_NOTHING);
    }

    /**
     * Returns a page.
     *
     * @param ages the ages of its records
     */
    private static ShardPage page(Instant serverTime, Duration... ages) {
        List<StreamRecord> records = new ArrayList<>();
        for (Duration age : ages) {
            Images images = new Images(item("id", "a").build(), null, null);
            records.add(new StreamRecord("1", Operation.REMOVE, images, serverTime.minus(age), false));
        }
        return new ShardPage(records, Optional.of("next"), 100, serverTime);
    }
}
