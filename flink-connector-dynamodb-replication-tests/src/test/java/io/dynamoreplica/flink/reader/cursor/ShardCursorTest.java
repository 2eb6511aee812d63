/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShardCursorTest {

    private static final long POLL = 1_000;
    private static final ShardKey SHARD = new ShardKey("orders", "arn:stream", "shard-7");

    @Test
    void asksForAnIteratorAndThenForRecords() {
        ShardCursor cursor = cursor(ShardPosition.BEGINNING);

        assertThat(cursor.call(5)).isEqualTo(iteratorFor(ShardPosition.BEGINNING));
        assertThat(cursor.answered(iterator("i1"), 6)).isEqualTo(new Outcome.Progressed());
        assertThat(cursor.dueAt()).isEqualTo(6);
        assertThat(cursor.call(6)).isEqualTo(recordsBy("i1"));
    }

    @Test
    void goesOnAtOnceAfterRecordsAndRestsAfterAnEmptyPage() {
        ShardCursor cursor = withIterator(ShardPosition.BEGINNING);

        cursor.answered(records("i2", "10", "11"), 100);
        assertThat(cursor.dueAt()).isEqualTo(100);
        assertThat(cursor.call(100)).isEqualTo(recordsBy("i2"));

        Outcome empty = cursor.answered(records("i3"), 200);
        assertThat(empty.isFinal()).isFalse();
        assertThat(cursor.dueAt()).isEqualTo(200 + POLL);
        assertThat(cursor.call(cursor.dueAt())).isEqualTo(recordsBy("i3"));
    }

    @Test
    void findsRecordsBehindAnyNumberOfEmptyPages() {
        ShardCursor cursor = withIterator(ShardPosition.BEGINNING);
        for (int page = 0; page < 50; page++) {
            assertThat(cursor.answered(records("e" + page), page).isFinal()).isFalse();
            cursor.call(cursor.dueAt());
        }

        Outcome.Read read = (Outcome.Read) cursor.answered(records("i2", "10"), 0);

        assertThat(read.page().records()).hasSize(1);
    }

    @Test
    void theFinalPageMayCarryRecordsAndTheyAreHandedOn() {
        ShardCursor cursor = withIterator(ShardPosition.BEGINNING);

        Outcome.Read last = (Outcome.Read) cursor.answered(records(null, "10", "11"), 0);

        assertThat(last.isFinal()).isTrue();
        assertThat(last.page().records()).hasSize(2);
        assertThatThrownBy(() -> cursor.call(0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anExpiredIteratorIsRenewedAfterTheLastRecordFetchedNotTheLastEmitted() {
        ShardCursor cursor = withIterator(new ShardPosition.After("9"));
        cursor.answered(records("i2", "10", "11"), 0);
        cursor.answered(records("i3", "12"), 0);
        cursor.answered(records("i4"), 0);

        Outcome outcome = cursor.answered(refusal(Refusal.Kind.ITERATOR_EXPIRED), 50);

        assertThat(outcome).isInstanceOf(Outcome.IteratorLost.class);
        assertThat(cursor.dueAt()).isEqualTo(50);
        assertThat(cursor.call(50)).isEqualTo(iteratorFor(new ShardPosition.After("12")));
    }

    @ParameterizedTest
    @EnumSource(Untouched.class)
    void anIteratorThatNeverReturnedARecordIsRenewedForTheSplitsOwnPosition(Untouched untouched) {
        ShardCursor cursor = withIterator(untouched.position);
        cursor.answered(records("i2"), 0);

        cursor.answered(refusal(Refusal.Kind.ITERATOR_EXPIRED), 0);

        assertThat(cursor.call(0)).isEqualTo(iteratorFor(untouched.position));
    }

    enum Untouched {
        BEGINNING(ShardPosition.BEGINNING),
        OLDEST_KEPT(ShardPosition.OLDEST_KEPT),
        AFTER(new ShardPosition.After("9"));

        private final ShardPosition position;

        Untouched(ShardPosition position) {
            this.position = position;
        }
    }

    @Test
    void anIteratorThatHasGrownOldIsRenewedWithoutBeingTried() {
        ShardCursor cursor = withIterator(ShardPosition.BEGINNING);
        cursor.call(1_000);
        cursor.answered(records("i2", "10"), 2_000);

        long old = 1_000 + ShardCursor.ITERATOR_MILLIS;
        assertThat(cursor.call(old - 1)).isEqualTo(recordsBy("i2"));
        assertThat(cursor.call(old)).isEqualTo(iteratorFor(new ShardPosition.After("10")));
    }

    @Test
    void iteratorsThatExpireImmediatelyAreNotAskedForWithoutAPause() {
        ShardCursor cursor = withIterator(new ShardPosition.After("9"));
        long now = 0;
        for (int lost = 0; lost < 20; lost++) {
            cursor.answered(refusal(Refusal.Kind.ITERATOR_EXPIRED), now);
            now = cursor.dueAt();
            assertThat(cursor.call(now)).isEqualTo(iteratorFor(new ShardPosition.After("9")));
            cursor.answered(iterator("again"), now);
            cursor.call(now);
        }
        assertThat(now).isGreaterThan(60_000);
    }

    @ParameterizedTest
    @EnumSource(
            value = Refusal.Kind.class,
            names = {"THROTTLED", "UNAVAILABLE", "DENIED"})
    void transientRefusalsNeverEndAShardAndKeepItsPosition(Refusal.Kind kind) {
        ShardCursor cursor = withIterator(ShardPosition.BEGINNING);
        cursor.answered(records("i2", "10"), 0);
        long now = 0;
        for (int refusals = 0; refusals < 2_000; refusals++) {
            Answer<?> answer = cursor.call(now) instanceof SplitCall.GetRecords ? refusal(kind) : iteratorRefusal(kind);
            Outcome outcome = cursor.answered(answer, now);
            assertThat(outcome).isInstanceOf(Outcome.Refused.class);
            assertThat(outcome.isFinal()).isFalse();
            assertThat(cursor.dueAt() - now).isPositive().isLessThanOrEqualTo(Backoff.DEFAULT.capMillis());
            now = cursor.dueAt();
        }
        assertThat(cursor.call(now)).isEqualTo(iteratorFor(new ShardPosition.After("10")));
    }

    @ParameterizedTest
    @EnumSource(
            value = Refusal.Kind.class,
            names = {"TRIMMED", "NOT_FOUND"})
    void aNeededRecordThatIsGoneIsAGapForEitherCall(Refusal.Kind kind) {
        ShardPosition needed = new ShardPosition.After("9");
        Outcome atRecords = withIterator(needed).answered(refusal(kind), 0);
        Outcome atIterator = cursor(needed).answered(iteratorRefusal(kind), 0);

        assertThat(atRecords)
                .isEqualTo(new Outcome.Gap(GapCause.TRIMMED, "GetRecords was refused: DynamoDB says so", false));
        assertThat(atIterator)
                .isEqualTo(new Outcome.Gap(GapCause.TRIMMED, "GetShardIterator was refused: DynamoDB says so", false));
        assertThat(atRecords.isFinal()).isTrue();
    }

    @Test
    void afterItsFirstRecordOldestKeptNeedsEverythingThatFollows() {
        ShardCursor cursor = withIterator(ShardPosition.OLDEST_KEPT);
        cursor.answered(records("i2", "10"), 0);

        assertThat(cursor.answered(refusal(Refusal.Kind.TRIMMED), 0)).isInstanceOf(Outcome.Gap.class);
    }

    @Test
    void aCallThatIsWrongFailsWithAPlainMessage() {
        Outcome outcome = withIterator(ShardPosition.BEGINNING).answered(refusal(Refusal.Kind.INVALID), 0);

        assertThat(((Outcome.Failed) outcome).message())
                .contains("GetRecords", "shard-7", "table orders", "orders/3/shard-7")
                .contains("DynamoDB says so", "fresh copy");
    }

    private static ShardCursor cursor(ShardPosition position) {
        ShardSplit split = new ShardSplit(SHARD, 3, position, 0, ShardSplit.DROP_NOTHING);
        ShardCursor cursor = new ShardCursor(split, new ShardTerms(POLL, false), Backoff.DEFAULT);
        cursor.call(0);
        return cursor;
    }

    private static ShardCursor withIterator(ShardPosition position) {
        ShardCursor cursor = cursor(position);
        cursor.answered(iterator("i1"), 0);
        cursor.call(0);
        return cursor;
    }

    private static SplitCall iteratorFor(ShardPosition position) {
        return new SplitCall.GetShardIterator(SHARD, position);
    }

    private static SplitCall recordsBy(String iterator) {
        return new SplitCall.GetRecords(SHARD, iterator);
    }

    private static Answer<?> iterator(String value) {
        return Answer.ok(value);
    }

    private static Answer<?> iteratorRefusal(Refusal.Kind kind) {
        return Answer.refused(kind, "DynamoDB says so");
    }

    private static Answer<?> refusal(Refusal.Kind kind) {
        return Answer.refused(kind, "DynamoDB says so");
    }

    /**
     * Returns an answer of GetRecords.
     *
     * @param nextIterator null at the end of the shard
     */
    private static Answer<?> records(String nextIterator, String... sequenceNumbers) {
        return Answer.ok(new ShardPage(
                Arrays.stream(sequenceNumbers).map(ShardCursorTest::record).toList(),
                Optional.ofNullable(nextIterator),
                100,
                Instant.EPOCH));
    }

    private static StreamRecord record(String sequenceNumber) {
        MapItem item = MapItem.of(Map.of("pk", new AttributeValue.S(sequenceNumber)));
        return new StreamRecord(sequenceNumber, Operation.INSERT, new Images(item, null, item), Instant.EPOCH, false);
    }
}
