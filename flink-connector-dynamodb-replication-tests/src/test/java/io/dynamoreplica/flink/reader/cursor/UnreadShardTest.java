/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.ChangeEvent.Images;
import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ShardPage;
import io.dynamoreplica.flink.service.StreamRecord;
import io.dynamoreplica.flink.split.GapCause;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests of a shard of which no record was read yet, and of which DynamoDB returns none. */
class UnreadShardTest {

    private static final Instant PROOF = Instant.parse("2026-01-01T00:00:00Z");
    private static final ShardKey SHARD = new ShardKey("orders", "arn:stream", "shard-7");
    private static final int MANY = 500;

    static Stream<Arguments> refusedShards() {
        return Stream.of(ShardPosition.BEGINNING, ShardPosition.OLDEST_KEPT)
                .flatMap(position -> Stream.of(Refusal.Kind.TRIMMED, Refusal.Kind.NOT_FOUND)
                        .map(kind -> Arguments.of(position, kind)));
    }

    @ParameterizedTest
    @MethodSource("refusedShards")
    void refusalsAloneNeverEndIt(ShardPosition position, Refusal.Kind kind) {
        ShardCursor cursor = cursor(position);
        long now = 0;
        for (int refusals = 0; refusals < MANY; refusals++) {
            Outcome outcome = refuseRecords(cursor, kind, now);
            assertThat(outcome.isFinal()).as("after %d refusals", refusals).isFalse();
            assertThat(cursor.dueAt() - now).isLessThanOrEqualTo(Backoff.DEFAULT.capMillis());
            now = cursor.dueAt();
        }
        assertThat(now).as("it rests").isGreaterThan(MANY * 5_000);

        giveIterator(cursor, now);
        Outcome.Read read = (Outcome.Read) cursor.answered(page(Duration.ofHours(1)), now);

        assertThat(read.page().records()).hasSize(1);
        assertThat(read.isFinal()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("refusedShards")
    void itIsAskedForAgainFromTheSamePosition(ShardPosition position, Refusal.Kind kind) {
        ShardCursor cursor = cursor(position);

        Outcome atRecords = refuseRecords(cursor, kind, 7);

        assertThat(atRecords).isInstanceOf(Outcome.IteratorLost.class);
        assertThat(cursor.dueAt()).as("immediately the first time").isEqualTo(7);
        assertThat(cursor.call(7)).isEqualTo(new SplitCall.GetShardIterator(SHARD, position));
        Outcome atIterator = cursor.answered(Answer.refused(kind, "DynamoDB says so"), 7);
        assertThat(atIterator).isInstanceOf(Outcome.IteratorLost.class);
        assertThat(cursor.dueAt()).isGreaterThan(7);
    }

    @ParameterizedTest
    @MethodSource("refusedShards")
    void whetherItIsClosedIsAskedWithEachRefusalThatFollowsMany(ShardPosition position, Refusal.Kind kind) {
        ShardCursor cursor = cursor(position);
        for (int refusals = 1; refusals < consecutiveRefusals(kind); refusals++) {
            assertThat(refuseRecords(cursor, kind, 0)).isInstanceOf(Outcome.IteratorLost.class);
        }
        for (int refusals = 0; refusals < MANY; refusals++) {
            assertThat(refuseRecords(cursor, kind, 0)).isInstanceOf(Outcome.NothingGiven.class);
        }
    }

    @ParameterizedTest
    @MethodSource("refusedShards")
    void aClosedShardIsDoneAtTheNextRefusal(ShardPosition position, Refusal.Kind kind) {
        ShardCursor cursor = cursor(position);
        for (int refusals = 0; refusals < consecutiveRefusals(kind); refusals++) {
            refuseRecords(cursor, kind, 0);
        }
        cursor.closed();

        Outcome outcome = refuseRecords(cursor, kind, 0);

        assertThat(outcome).isEqualTo(new Outcome.NothingKept());
        assertThat(outcome.isFinal()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("refusedShards")
    void aClosedShardThatGivesRecordsAfterAllIsReadToItsEnd(ShardPosition position, Refusal.Kind kind) {
        ShardCursor cursor = cursor(position);
        for (int refusals = 0; refusals < consecutiveRefusals(kind); refusals++) {
            refuseRecords(cursor, kind, 0);
        }
        cursor.closed();
        giveIterator(cursor, 0);

        assertThat(cursor.answered(page(Duration.ofHours(1)), 0).isFinal()).isFalse();
    }

    /** The trimmed records are older than the proof and are not needed. */
    @ParameterizedTest
    @MethodSource("refusedShards")
    void aPageWithinADayOfTheProofSaysThatNothingWasLost(ShardPosition position, Refusal.Kind kind) {
        ShardCursor cursor = cursor(position);
        refuseRecords(cursor, kind, 0);
        giveIterator(cursor, 0);

        assertThat(cursor.answered(page(Duration.ofHours(24).minusSeconds(1)), 0))
                .isInstanceOf(Outcome.Read.class);
    }

    @ParameterizedTest
    @MethodSource("refusedShards")
    void aPageThatComesLaterIsAGapForWhoNeedsEveryRecord(ShardPosition position, Refusal.Kind kind) {
        ShardCursor cursor = cursor(position);
        refuseRecords(cursor, kind, 0);
        giveIterator(cursor, 0);

        Outcome outcome = cursor.answered(page(Duration.ofHours(24)), 0);

        if (position instanceof ShardPosition.Beginning) {
            assertThat(((Outcome.Gap) outcome).cause()).isEqualTo(GapCause.AGED_OUT);
        } else {
            assertThat(outcome).isInstanceOf(Outcome.Read.class);
        }
    }

    private static int consecutiveRefusals(Refusal.Kind kind) {
        return kind == Refusal.Kind.NOT_FOUND ? ShardCursor.CONSECUTIVE_NOT_FOUND : ShardCursor.CONSECUTIVE_TRIMMED;
    }

    private static ShardCursor cursor(ShardPosition position) {
        ShardSplit split = new ShardSplit(SHARD, 3, position, PROOF.toEpochMilli(), ShardSplit.DROP_NOTHING);
        return new ShardCursor(split, new ShardTerms(1_000, false), Backoff.DEFAULT);
    }

    private static void giveIterator(ShardCursor cursor, long now) {
        cursor.call(now);
        cursor.answered(Answer.ok("an iterator"), now);
        cursor.call(now);
    }

    private static Outcome refuseRecords(ShardCursor cursor, Refusal.Kind kind, long now) {
        giveIterator(cursor, now);
        return cursor.answered(Answer.refused(kind, "DynamoDB says so"), now);
    }

    private static Answer<?> page(Duration sinceProof) {
        MapItem item = MapItem.of(Map.of("pk", new AttributeValue.S("10")));
        StreamRecord record = new StreamRecord("10", Operation.INSERT, new Images(item, null, item), PROOF, false);
        return Answer.ok(new ShardPage(List.of(record), Optional.of("next"), 100, PROOF.plus(sinceProof)));
    }
}
