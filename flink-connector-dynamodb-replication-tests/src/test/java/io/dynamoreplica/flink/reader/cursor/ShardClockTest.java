/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ShardPage;
import io.dynamoreplica.flink.split.GapCause;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * Tests of a shard of which no record was read. If such a shard has lost records, DynamoDB gives no error; only the
 * clock shows it.
 */
class ShardClockTest {

    private static final Instant PROOF = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aShardThatIsBegunWithinADayHasLostNoRecord() {
        ShardCursor cursor = cursor(ShardPosition.BEGINNING);

        assertThat(emptyPage(cursor, Duration.ofHours(24).minusSeconds(1))).isInstanceOf(Outcome.Read.class);
    }

    @Test
    void aShardThatIsBegunADayAfterItsProofIsAGap() {
        ShardCursor cursor = cursor(ShardPosition.BEGINNING);

        assertThat(emptyPage(cursor, Duration.ofHours(24)))
                .isInstanceOfSatisfying(
                        Outcome.Gap.class, gap -> assertThat(gap.cause()).isEqualTo(GapCause.AGED_OUT));
    }

    @Test
    void aShardThatIsIdleForDaysWhileItIsAskedHasLostNoRecord() {
        ShardCursor cursor = cursor(ShardPosition.BEGINNING);

        for (int hours = 1; hours < 24 * 5; hours++) {
            assertThat(emptyPage(cursor, Duration.ofHours(hours))).isInstanceOf(Outcome.Read.class);
        }
    }

    @Test
    void aShardThatWasNotAskedForADayIsAGapAlthoughItWasBegun() {
        ShardCursor cursor = cursor(ShardPosition.BEGINNING);
        emptyPage(cursor, Duration.ofHours(1));

        assertThat(emptyPage(cursor, Duration.ofHours(25))).isInstanceOf(Outcome.Gap.class);
    }

    @Test
    void aShardThatIsReadFromTheOldestRecordKeptLosesNothing() {
        assertThat(emptyPage(cursor(ShardPosition.OLDEST_KEPT), Duration.ofDays(3)))
                .isInstanceOf(Outcome.Read.class);
    }

    /** DynamoDB itself refuses a position after a record if the next record was trimmed. */
    @Test
    void aPositionAfterARecordIsForDynamoDbToRefuse() {
        assertThat(emptyPage(cursor(new ShardPosition.After("10")), Duration.ofDays(3)))
                .isInstanceOf(Outcome.Read.class);
    }

    /** An iterator that came with a page is refused if the record at its position was trimmed. */
    @Test
    void inARunOfPagesEachShowsThatNothingWasLostSinceTheOneBefore() {
        ShardCursor cursor = cursor(ShardPosition.BEGINNING);
        emptyPage(cursor, Duration.ofHours(23));

        assertThat(emptyPage(cursor, Duration.ofHours(25))).isInstanceOf(Outcome.Read.class);
    }

    /** Only the proof in the state shows that a new iterator skips no record. */
    @Test
    void forANewIteratorOnlyTheProofCounts() {
        ShardCursor cursor = cursor(ShardPosition.BEGINNING);
        emptyPage(cursor, Duration.ofHours(23));
        renew(cursor);

        assertThat(emptyPage(cursor, Duration.ofHours(25))).isInstanceOf(Outcome.Gap.class);
    }

    @Test
    void aLongRunOfEmptyPagesIsAProofOncePerMinute() {
        ShardCursor cursor = cursor(ShardPosition.BEGINNING);

        List<Long> proofs = new ArrayList<>();
        for (int second = 0; second <= 420; second++) {
            proof(cursor, Duration.ofSeconds(second)).ifPresent(proofs::add);
        }

        assertThat(proofs)
                .containsExactly(
                        PROOF.plusSeconds(300).toEpochMilli(),
                        PROOF.plusSeconds(360).toEpochMilli(),
                        PROOF.plusSeconds(420).toEpochMilli());
        renew(cursor);
        assertThat(emptyPage(cursor, Duration.ofHours(24))).isInstanceOf(Outcome.Read.class);
    }

    @Test
    void aFewEmptyPagesProveNothingHoweverLongTheyTake() {
        ShardCursor cursor = cursor(ShardPosition.BEGINNING);

        for (int page = 1; page < TrimDetector.RUN_PAGES; page++) {
            assertThat(proof(cursor, Duration.ofMinutes(10 * page))).isEmpty();
        }
        assertThat(proof(cursor, Duration.ofHours(3))).isPresent();
    }

    @Test
    void aRunBeginsAgainWithEachNewIterator() {
        ShardCursor cursor = cursor(ShardPosition.BEGINNING);
        for (int minute = 0; minute < 100; minute++) {
            assertThat(proof(cursor, Duration.ofMinutes(minute))).isEmpty();
            if (minute % 4 == 3) {
                renew(cursor);
            }
        }
    }

    @Test
    void afterARecordOrFromTheOldestKeptNoProofIsNeeded() {
        for (ShardPosition position : List.of(ShardPosition.OLDEST_KEPT, new ShardPosition.After("10"))) {
            ShardCursor cursor = cursor(position);
            for (int minute = 0; minute < 30; minute++) {
                assertThat(proof(cursor, Duration.ofMinutes(minute))).isEmpty();
            }
        }
    }

    private static OptionalLong proof(ShardCursor cursor, Duration sinceProof) {
        return ((Outcome.Read) emptyPage(cursor, sinceProof)).proof();
    }

    private static void renew(ShardCursor cursor) {
        cursor.call(0);
        cursor.answered(Answer.refused(Refusal.Kind.ITERATOR_EXPIRED, "expired"), 0);
        cursor.call(0);
        cursor.answered(Answer.ok("a new one"), 0);
    }

    private static ShardCursor cursor(ShardPosition position) {
        ShardKey shard = new ShardKey("orders", "arn:stream", "shard-7");
        ShardSplit split = new ShardSplit(shard, 3, position, PROOF.toEpochMilli(), ShardSplit.DROP_NOTHING);
        ShardCursor cursor = new ShardCursor(split, new ShardTerms(1_000, false), Backoff.DEFAULT);
        cursor.call(0);
        cursor.answered(Answer.ok("i1"), 0);
        return cursor;
    }

    private static Outcome emptyPage(ShardCursor cursor, Duration sinceProof) {
        cursor.call(0);
        ShardPage page = new ShardPage(List.of(), Optional.of("next"), 100, PROOF.plus(sinceProof));
        return cursor.answered(Answer.ok(page), 0);
    }
}
