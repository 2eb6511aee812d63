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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of a cursor that continues after a gap. */
class IgnoredGapTest {

    private static final Instant PROOF = Instant.parse("2026-01-01T00:00:00Z");
    private static final ShardKey SHARD = new ShardKey("orders", "arn:stream", "shard-7");
    private static final ShardPosition AFTER = new ShardPosition.After("9");

    @ParameterizedTest
    @EnumSource(
            value = Refusal.Kind.class,
            names = {"TRIMMED", "NOT_FOUND"})
    void goesOnAtOnceFromTheOldestRecordKeptWhicheverCallFindsTheGap(Refusal.Kind kind) {
        ShardCursor atIterator = cursor(AFTER);
        ShardCursor atRecords = withIterator(AFTER);

        assertGoesOn(atIterator, atIterator.answered(refusedIterator(kind), 50));
        assertGoesOn(atRecords, atRecords.answered(refusedRecords(kind), 50));
    }

    private static void assertGoesOn(ShardCursor cursor, Outcome outcome) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Gap.class, gap -> assertThat(gap.cause())
                .isEqualTo(GapCause.TRIMMED));
        assertThat(outcome.isFinal()).isFalse();
        assertThat(cursor.dueAt()).isEqualTo(50);
        assertThat(cursor.call(50)).isEqualTo(new SplitCall.GetShardIterator(SHARD, ShardPosition.OLDEST_KEPT));
    }

    @Test
    void aShardThatIsGoneIsDoneAfterItsGapOnceItIsKnownToBeClosed() {
        ShardCursor cursor = cursor(AFTER);
        cursor.answered(refusedIterator(Refusal.Kind.NOT_FOUND), 0);
        for (int refusals = 0; refusals < ShardCursor.CONSECUTIVE_NOT_FOUND; refusals++) {
            cursor.call(0);
            assertThat(cursor.answered(refusedIterator(Refusal.Kind.NOT_FOUND), 0)
                            .isFinal())
                    .isFalse();
        }
        cursor.closed();
        cursor.call(0);

        assertThat(cursor.answered(refusedIterator(Refusal.Kind.NOT_FOUND), 0)).isEqualTo(new Outcome.NothingKept());
    }

    @Test
    void aShardThatIsTrimmedFurtherWhileItGoesOnHasNoSecondGap() {
        ShardCursor cursor = withIterator(AFTER);
        cursor.answered(refusedRecords(Refusal.Kind.TRIMMED), 0);
        giveIterator(cursor);

        assertThat(cursor.answered(refusedRecords(Refusal.Kind.TRIMMED), 0)).isInstanceOf(Outcome.IteratorLost.class);
        giveIterator(cursor);
        assertThat(cursor.answered(page(Duration.ZERO, "20"), 0)).isInstanceOf(Outcome.Read.class);
    }

    @Test
    void eachGapIsFoundOnce() {
        ShardCursor cursor = withIterator(AFTER);
        cursor.answered(refusedRecords(Refusal.Kind.TRIMMED), 0);
        giveIterator(cursor);
        cursor.answered(page(Duration.ZERO, "20"), 0);
        cursor.call(0);

        assertThat(cursor.answered(refusedRecords(Refusal.Kind.TRIMMED), 0)).isInstanceOf(Outcome.Gap.class);
    }

    @Test
    void recordsBehindAGapFoundByTheClockAreReadAsTheOldestKept() {
        ShardCursor cursor = withIterator(ShardPosition.BEGINNING);

        Outcome gap = cursor.answered(page(Duration.ofHours(25), "20"), 50);

        assertThat(gap).isInstanceOfSatisfying(Outcome.Gap.class, found -> assertThat(found.cause())
                .isEqualTo(GapCause.AGED_OUT));
        assertThat(gap.isFinal()).isFalse();
        assertThat(cursor.dueAt()).isEqualTo(50);
        assertThat(cursor.call(50)).isEqualTo(new SplitCall.GetShardIterator(SHARD, ShardPosition.OLDEST_KEPT));
        cursor.answered(iterator(), 0);
        cursor.call(0);
        Outcome.Read read = (Outcome.Read) cursor.answered(page(Duration.ofHours(50), "20"), 0);
        assertThat(read.page().records()).hasSize(1);
    }

    private static ShardCursor cursor(ShardPosition position) {
        ShardSplit split = new ShardSplit(SHARD, 3, position, PROOF.toEpochMilli(), ShardSplit.DROP_NOTHING);
        ShardCursor cursor = new ShardCursor(split, new ShardTerms(1_000, true), Backoff.DEFAULT);
        cursor.call(0);
        return cursor;
    }

    private static ShardCursor withIterator(ShardPosition position) {
        ShardCursor cursor = cursor(position);
        cursor.answered(iterator(), 0);
        cursor.call(0);
        return cursor;
    }

    private static void giveIterator(ShardCursor cursor) {
        cursor.call(0);
        cursor.answered(iterator(), 0);
        cursor.call(0);
    }

    private static Answer<?> iterator() {
        return Answer.ok("an iterator");
    }

    private static Answer<?> refusedIterator(Refusal.Kind kind) {
        return Answer.refused(kind, "DynamoDB says so");
    }

    private static Answer<?> refusedRecords(Refusal.Kind kind) {
        return Answer.refused(kind, "DynamoDB says so");
    }

    private static Answer<?> page(Duration sinceProof, String sequenceNumber) {
        MapItem item = MapItem.of(Map.of("pk", new AttributeValue.S(sequenceNumber)));
        Images images = new Images(item, null, item);
        StreamRecord record = new StreamRecord(sequenceNumber, Operation.INSERT, images, PROOF, false);
        return Answer.ok(new ShardPage(List.of(record), Optional.of("the next"), 100, PROOF.plus(sinceProof)));
    }
}
