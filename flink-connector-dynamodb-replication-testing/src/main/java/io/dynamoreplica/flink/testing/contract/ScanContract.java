/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.contract;

import static io.dynamoreplica.flink.testing.contract.Answers.ok;
import static io.dynamoreplica.flink.testing.contract.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.AttributeValue.L;
import io.dynamoreplica.flink.change.AttributeValue.M;
import io.dynamoreplica.flink.change.AttributeValue.N;
import io.dynamoreplica.flink.change.AttributeValue.S;
import io.dynamoreplica.flink.change.AttributeValue.Ss;
import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.projection.Projection;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ScanPage;
import io.dynamoreplica.flink.service.ScanRequest;
import io.dynamoreplica.flink.service.TableDescription.KeyColumn;
import io.dynamoreplica.flink.split.ItemKey.KeyAttribute;
import io.dynamoreplica.flink.split.ItemKey.KeyType;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of Scan. */
public interface ScanContract {

    DynamoDbServiceFixture fixture();

    @Test
    default void segmentsTogetherHoldEveryItemOnce() {
        filled("segmented", KeyType.S, 50);

        List<Item> items = new ArrayList<>();
        for (int segment = 0; segment < 4; segment++) {
            pages(new ScanSplit("segmented", 1, segment, 4, ScanPosition.START), 7)
                    .forEach(page -> items.addAll(page.items()));
        }

        assertThat(items.stream().map(Item::materialise)).containsExactlyInAnyOrderElementsOf(items(KeyType.S, 50));
    }

    @Test
    default void aPageHoldsNoMoreThanItsLimitAndSaysWhereToGoOn() {
        filled("limited", KeyType.S, 5);

        List<ScanPage> pages = pages(whole("limited"), 2);

        assertThat(pages).allSatisfy(page -> assertThat(page.items()).hasSizeLessThanOrEqualTo(2));
        assertThat(pages.stream().mapToInt(page -> page.items().size()).sum()).isEqualTo(5);
        assertThat(pages.get(0).items()).hasSize(2);
        assertThat(pages.get(0).serverTime()).isNotNull();
        assertThat(pages.get(0).bytes()).isPositive();
        assertThat(pages.get(0).consumedReadUnits()).isPositive();
    }

    /**
     * Checks that a page which stops at its limit has a key. So the last page can be empty, and an
     * empty page is not always the last one.
     */
    @Test
    default void aLimitThatIsJustReachedStillSaysWhereToGoOn() {
        filled("even", KeyType.S, 4);

        List<ScanPage> pages = pages(whole("even"), 2);

        assertThat(pages).extracting(page -> page.items().size()).containsExactly(2, 2, 0);
        assertThat(pages.get(1).lastEvaluatedKey()).isPresent();
    }

    @Test
    default void anEmptyTableIsOneEmptyPage() {
        fixture().createTable("empty", keys(KeyType.S), Optional.empty());

        List<ScanPage> pages = pages(whole("empty"), 10);

        assertThat(pages).hasSize(1);
        assertThat(pages.get(0).items()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(KeyType.class)
    default void aScanGoesOnAfterAKeyOfAnyType(KeyType type) {
        String table = "resumed-" + type;
        filled(table, type, 9);

        List<Map<String, AttributeValue>> items = new ArrayList<>();
        for (ScanPage page : pages(whole(table), 1)) {
            page.items().forEach(item -> items.add(item.materialise()));
            page.lastEvaluatedKey().ifPresent(key -> assertThat(key.attributes())
                    .extracting(KeyAttribute::name, KeyAttribute::type)
                    .containsExactly(tuple("id", type)));
        }

        assertThat(items).containsExactlyInAnyOrderElementsOf(items(type, 9));
    }

    @Test
    default void aProjectionTakesReservedWordsAndNamesWithDots() {
        AttributeValue kept = new S("kept");
        Map<String, AttributeValue> item = Map.of("id", kept, "size", kept, "a.b", kept, "dropped", kept);
        List<String> asked = List.of("id", "size", "a.b", "absent");

        assertThat(projected("projected", item, Projection.ofAttributes(asked)))
                .isEqualTo(Map.of("id", kept, "size", kept, "a.b", kept));
    }

    @Test
    default void aProjectionLeadsIntoMapsAndLists() {
        Map<String, AttributeValue> item = Map.of(
                "id", new S("1"),
                "address", new M(Map.of("city", new S("Bonn"), "zip", new S("53113"))),
                "tags", new L(List.of(new S("a"), new S("b"))),
                "lines", new L(List.of(new M(Map.of("sku", new S("x"), "n", new N("1"))))));

        assertThat(projected("nested", item, parsed("address.city, tags[1], lines[0].n")))
                .isEqualTo(Map.of(
                        "address", new M(Map.of("city", new S("Bonn"))),
                        "tags", new L(List.of(new S("b"))),
                        "lines", new L(List.of(new M(Map.of("n", new N("1")))))));
    }

    @Test
    default void elementsKeepTheOrderOfTheListAndCloseTheGaps() {
        M wanted = new M(Map.of("b", new S("2b")));
        Map<String, AttributeValue> item = Map.of(
                "id", new S("1"),
                "l", new L(List.of(new S("0"), new S("1"), wanted, new S("3"))));

        assertThat(projected("order", item, parsed("l[3], l[0]")))
                .isEqualTo(Map.of("l", new L(List.of(new S("0"), new S("3")))));
        assertThat(projected("gaps", item, parsed("l[0].b, l[2].b, l[3].b, l[9]")))
                .isEqualTo(Map.of("l", new L(List.of(wanted))));
    }

    @Test
    default void aPathThatFindsNothingLeavesNothingBehind() {
        Map<String, AttributeValue> item = Map.of(
                "id", new S("1"),
                "text", new S("x"),
                "m", new M(Map.of("a", new M(Map.of()))),
                "l", new L(List.of()),
                "ss", new Ss(List.of("p")));

        assertThat(projected("nothing", item, parsed("text.x, m.a.b, m.b, l[0], ss[0], gone, gone2[1].x")))
                .isEmpty();
        assertThat(projected("mistaken", item, parsed("text[0], m[0], l.a, ss.p")))
                .isEmpty();
        assertThat(projected("empty-values", item, parsed("m.a, l")))
                .isEqualTo(Map.of("m", new M(Map.of("a", new M(Map.of()))), "l", new L(List.of())));
    }

    private Map<String, AttributeValue> projected(
            String table, Map<String, AttributeValue> item, Projection projection) {
        fixture().createTable(table, keys(KeyType.S), Optional.empty());
        fixture().put(table, item);
        ScanRequest request = new ScanRequest(whole(table), projection, true, OptionalInt.empty());
        ScanPage page = ok(fixture().service().scan(request));
        assertThat(page.items()).hasSize(1);
        return page.items().get(0).materialise();
    }

    private static Projection parsed(String expression) {
        return Projection.parse(expression, Map.of());
    }

    @Test
    default void aConsistentReadShowsWhatWasJustWritten() {
        filled("fresh", KeyType.S, 1);
        AttributeValue latest = new AttributeValue.S("latest");
        Map<String, AttributeValue> written = Map.of("id", key(KeyType.S, 0), "value", latest);

        fixture().put("fresh", written);

        assertThat(pages(whole("fresh"), 10).get(0).items().get(0).materialise())
                .isEqualTo(written);
    }

    @Test
    default void aScanOfAMissingTableIsNotFound() {
        assertThat(refused(fixture()
                        .service()
                        .scan(new ScanRequest(whole("never-made"), Projection.wholeItem(), true, OptionalInt.empty()))))
                .isEqualTo(Refusal.Kind.NOT_FOUND);
    }

    private List<ScanPage> pages(ScanSplit split, int limit) {
        List<ScanPage> pages = new ArrayList<>();
        ScanSplit position = split;
        while (true) {
            ScanPage page = ok(fixture()
                    .service()
                    .scan(new ScanRequest(position, Projection.wholeItem(), true, OptionalInt.of(limit))));
            pages.add(page);
            if (page.lastEvaluatedKey().isEmpty()) {
                return pages;
            }
            position =
                    position.at(new ScanPosition.After(page.lastEvaluatedKey().get()));
        }
    }

    private void filled(String table, KeyType type, int items) {
        fixture().createTable(table, keys(type), Optional.empty());
        items(type, items).forEach(item -> fixture().put(table, item));
    }

    private static List<Map<String, AttributeValue>> items(KeyType type, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Map.of("id", key(type, i), "value", (AttributeValue) new AttributeValue.S("v" + i)))
                .toList();
    }

    private static AttributeValue key(KeyType type, int i) {
        return switch (type) {
            case S -> new AttributeValue.S("schlüssel/" + i);
            case N -> new AttributeValue.N((i + 1) + "234567890123456789012345678901234567");
            case B -> new AttributeValue.B(("\u0000\u00ff" + i).getBytes(StandardCharsets.ISO_8859_1));
        };
    }

    private static ScanSplit whole(String table) {
        return new ScanSplit(table, 1, 0, 1, ScanPosition.START);
    }

    private static List<KeyColumn> keys(KeyType type) {
        return List.of(new KeyColumn("id", type));
    }
}
