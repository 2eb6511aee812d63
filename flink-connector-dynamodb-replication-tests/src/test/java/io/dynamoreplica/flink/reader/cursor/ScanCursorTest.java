/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.projection.Projection;
import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ScanPage;
import io.dynamoreplica.flink.service.ScanRequest;
import io.dynamoreplica.flink.service.ScanTerms;
import io.dynamoreplica.flink.service.TableDescription;
import io.dynamoreplica.flink.service.TableDescription.KeyColumn;
import io.dynamoreplica.flink.split.ItemKey;
import io.dynamoreplica.flink.split.ItemKey.KeyAttribute;
import io.dynamoreplica.flink.split.ItemKey.KeyType;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScanCursorTest {

    private static final Item ITEM = MapItem.of(Map.of("pk", new AttributeValue.S("a")));
    private static final Item WITH_SORT_KEY =
            MapItem.of(Map.of("pk", new AttributeValue.S("a"), "sk", new AttributeValue.S("b")));
    private static final ScanTerms TERMS =
            new ScanTerms(Projection.ofAttributes(List.of("total")), true, OptionalInt.of(50));

    @Test
    void asksPageAfterPageFromTheKeyThatTheLastOneEndedWith() {
        ScanCursor cursor = cursor(ScanPosition.START);

        assertThat(requested(cursor))
                .isEqualTo(new ScanRequest(
                        split(ScanPosition.START),
                        Projection.ofAttributes(List.of("total", "pk")),
                        true,
                        OptionalInt.of(50)));
        ScanPage first = page(Optional.of(key("k1")), ITEM, ITEM);
        assertThat(cursor.answered(answer(first), 10)).isEqualTo(new Outcome.Scanned(first, List.of("pk")));
        assertThat(cursor.dueAt()).isEqualTo(10);
        assertThat(requested(cursor).split()).isEqualTo(split(new ScanPosition.After(key("k1"))));
    }

    @Test
    void goesOnAfterAnEmptyPageWithAKey() {
        ScanCursor cursor = cursor(ScanPosition.START);

        Outcome outcome = cursor.answered(answer(page(Optional.of(key("k1")))), 0);

        assertThat(outcome.isFinal()).isFalse();
        assertThat(outcome).isInstanceOf(Outcome.Scanned.class);
        assertThat(requested(cursor).split()).isEqualTo(split(new ScanPosition.After(key("k1"))));
    }

    @Test
    void endsWithThePageWithoutAKeyAndHandsItsItemsOn() {
        ScanCursor cursor = cursor(new ScanPosition.After(key("k7")));
        ScanPage last = page(Optional.empty(), ITEM);

        Outcome outcome = cursor.answered(answer(last), 0);

        assertThat(outcome).isEqualTo(new Outcome.Scanned(last, List.of("pk")));
        assertThat(outcome.isFinal()).isTrue();
        assertThatThrownBy(() -> cursor.call(0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void asksForTheKeyNamesOnceForAllSegmentsThatBegin() {
        KeyNames unknown = new KeyNames();
        ScanCursor first = cursor(ScanPosition.START, unknown);
        ScanCursor second = cursor(ScanPosition.START, unknown);

        assertThat(first.call(0)).isEqualTo(new SplitCall.DescribeTable("orders"));
        assertThat(first.answered(described("pk", "sk"), 0)).isEqualTo(new Outcome.Progressed());

        assertThat(first.call(0)).isInstanceOf(SplitCall.Scan.class);
        assertThat(second.call(0)).isInstanceOf(SplitCall.Scan.class);
        ScanPage page = page(Optional.empty(), WITH_SORT_KEY);
        assertThat(second.answered(answer(page), 0)).isEqualTo(new Outcome.Scanned(page, List.of("pk", "sk")));
    }

    /** A table that was deleted and created again between two copies may have another key. */
    @Test
    void asksForTheKeyNamesOfEachCopyAgain() {
        KeyNames keyNames = new KeyNames();
        ScanCursor before = cursor(ScanPosition.START, keyNames);
        before.call(0);
        before.answered(described("id"), 0);
        ScanSplit next = new ScanSplit("orders", 2, 2, 4, ScanPosition.START);
        ScanCursor after = new ScanCursor(next, TERMS, keyNames, Backoff.DEFAULT);

        assertThat(after.call(0)).isEqualTo(new SplitCall.DescribeTable("orders"));
        after.answered(described("pk", "sk"), 0);
        ScanPage page = page(Optional.empty(), WITH_SORT_KEY);
        after.call(0);
        assertThat(after.answered(answer(page), 0)).isEqualTo(new Outcome.Scanned(page, List.of("pk", "sk")));
    }

    @Test
    void knowsTheKeyNamesFromThePositionInTheMiddleOfASegment() {
        ScanCursor cursor = cursor(new ScanPosition.After(key("k1")), new KeyNames());

        assertThat(cursor.call(0)).isInstanceOf(SplitCall.Scan.class);
        ScanPage page = page(Optional.empty(), ITEM);
        assertThat(cursor.answered(answer(page), 0)).isEqualTo(new Outcome.Scanned(page, List.of("pk")));
    }

    @Test
    void asksForTheKeyNamesAgainAfterATransientRefusal() {
        ScanCursor cursor = cursor(ScanPosition.START, new KeyNames());
        cursor.call(0);

        Outcome refused = cursor.answered(Answer.refused(Refusal.Kind.THROTTLED, "slow down"), 0);

        assertThat(refused).isInstanceOf(Outcome.Refused.class);
        assertThat(cursor.dueAt()).isPositive();
        assertThat(cursor.call(cursor.dueAt())).isEqualTo(new SplitCall.DescribeTable("orders"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Refusal.Kind.class,
            names = {"THROTTLED", "UNAVAILABLE", "DENIED", "NOT_FOUND"})
    void asksForTheSamePageAgainAfterAnyNumberOfTransientRefusals(Refusal.Kind kind) {
        ScanCursor cursor = cursor(new ScanPosition.After(key("k1")));
        long now = 0;
        long lastWait = 0;
        for (int refusals = 0; refusals < 1_000; refusals++) {
            Outcome outcome = cursor.answered(refusal(kind), now);
            assertThat(outcome).isInstanceOf(Outcome.Refused.class);
            assertThat(outcome.isFinal()).isFalse();
            lastWait = cursor.dueAt() - now;
            assertThat(lastWait).isPositive().isLessThanOrEqualTo(Backoff.DEFAULT.capMillis());
            now = cursor.dueAt();
        }
        assertThat(lastWait).isGreaterThanOrEqualTo(Backoff.DEFAULT.capMillis() / 2);
        assertThat(requested(cursor).split()).isEqualTo(split(new ScanPosition.After(key("k1"))));
    }

    @Test
    void forgetsItsWaitOnceAPageCame() {
        ScanCursor cursor = cursor(ScanPosition.START);
        for (int refusals = 0; refusals < 20; refusals++) {
            cursor.answered(refusal(Refusal.Kind.THROTTLED), 0);
        }
        cursor.answered(answer(page(Optional.of(key("k1")))), 0);

        cursor.answered(refusal(Refusal.Kind.THROTTLED), 0);

        assertThat(cursor.dueAt()).isLessThanOrEqualTo(Backoff.DEFAULT.firstMillis());
    }

    @ParameterizedTest
    @EnumSource(
            value = Refusal.Kind.class,
            names = {"INVALID", "TRIMMED", "ITERATOR_EXPIRED"})
    void failsWithAPlainMessageWhenTheCallIsWrong(Refusal.Kind kind) {
        ScanCursor cursor = cursor(ScanPosition.START);

        Outcome outcome = cursor.answered(refusal(kind), 0);

        assertThat(outcome.isFinal()).isTrue();
        assertThat(((Outcome.Failed) outcome).message())
                .contains("Scan of table orders", "orders/1/segment-2", "DynamoDB says so", "Check");
        assertThatThrownBy(() -> cursor.call(0)).isInstanceOf(IllegalStateException.class);
    }

    /** A request that was valid for one page is valid for the next, as long as the table is the same. */
    @Test
    void waitsWhenAPositionIsRefusedThatTheTableItselfGave() {
        ScanCursor cursor = cursor(ScanPosition.START);
        cursor.answered(answer(page(Optional.of(key("k1")), ITEM)), 0);

        assertThat(cursor.answered(refusal(Refusal.Kind.INVALID), 0)).isInstanceOf(Outcome.Refused.class);
        assertThat(requested(cursor).split()).isEqualTo(split(new ScanPosition.After(key("k1"))));
    }

    /** The table may have been created again with another key: the enumerator withdraws the segment. */
    @Test
    void aRestoredPositionThatIsRefusedWaitsForAWhileBeforeItFails() {
        ScanCursor cursor = cursor(new ScanPosition.After(key("k1")));
        long now = 0;
        while (now < ScanCursor.RESTORED_MILLIS) {
            Outcome outcome = cursor.answered(refusal(Refusal.Kind.INVALID), now);
            assertThat(outcome).as("after %d ms", now).isInstanceOf(Outcome.Refused.class);
            assertThat(requested(cursor).split()).isEqualTo(split(new ScanPosition.After(key("k1"))));
            now = cursor.dueAt();
        }

        assertThat(cursor.answered(refusal(Refusal.Kind.INVALID), now)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void doesNotTakeItemsWithoutTheKeyForItsTables() {
        ScanCursor cursor = cursor(ScanPosition.START, new KeyNames());
        cursor.answered(described("pk", "sk"), 0);

        Outcome outcome = cursor.answered(answer(page(Optional.empty(), ITEM)), 0);

        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(((Outcome.Refused) outcome).refusal().message()).contains("[pk, sk]");
        assertThat(requested(cursor).split()).isEqualTo(split(ScanPosition.START));
    }

    @Test
    void refusesAnAnswerItDidNotAskFor() {
        Answer<?> iterator = Answer.ok("i1");

        assertThatThrownBy(() -> cursor(ScanPosition.START).answered(iterator, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("orders/1/segment-2");
    }

    /** Returns a cursor that knows the key names. */
    private static ScanCursor cursor(ScanPosition position) {
        KeyNames keyNames = new KeyNames();
        ScanCursor cursor = cursor(position, keyNames);
        cursor.answered(described("pk"), 0);
        return cursor;
    }

    private static ScanCursor cursor(ScanPosition position, KeyNames keyNames) {
        return new ScanCursor(split(position), TERMS, keyNames, Backoff.DEFAULT);
    }

    private static ScanSplit split(ScanPosition position) {
        return new ScanSplit("orders", 1, 2, 4, position);
    }

    private static ScanRequest requested(ScanCursor cursor) {
        return ((SplitCall.Scan) cursor.call(cursor.dueAt())).request();
    }

    private static ScanPage page(Optional<ItemKey> lastEvaluatedKey, Item... items) {
        return new ScanPage(List.of(items), lastEvaluatedKey, 100, 1, Instant.EPOCH);
    }

    private static Answer<?> answer(ScanPage page) {
        return Answer.ok(page);
    }

    private static Answer<?> refusal(Refusal.Kind kind) {
        return Answer.refused(kind, "DynamoDB says so");
    }

    private static Answer<?> described(String... keyNames) {
        return Answer.ok(new TableDescription(
                "id",
                "ACTIVE",
                Stream.of(keyNames).map(name -> new KeyColumn(name, KeyType.S)).toList(),
                new TableDescription.Size(0, 0),
                Optional.empty(),
                Instant.EPOCH));
    }

    private static ItemKey key(String value) {
        return new ItemKey(List.of(new KeyAttribute("pk", KeyType.S, value)));
    }
}
