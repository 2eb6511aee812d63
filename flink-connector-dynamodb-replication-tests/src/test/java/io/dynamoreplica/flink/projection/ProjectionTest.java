/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.projection;

import static io.dynamoreplica.flink.testing.fake.Items.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.AttributeValue.L;
import io.dynamoreplica.flink.change.AttributeValue.M;
import io.dynamoreplica.flink.change.AttributeValue.N;
import io.dynamoreplica.flink.change.AttributeValue.S;
import io.dynamoreplica.flink.change.ItemCursor;
import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.change.json.JsonItem;
import io.dynamoreplica.flink.service.aws.SdkItems;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

/** The results of a projection for items and for other projections. */
class ProjectionTest {

    private static final MapItem ORDER = item("note", "x")
            .s("id", "a")
            .n("line", 7)
            .map("address", item("city", "Bonn").s("zip", "53113"))
            .bool("paid", true)
            .b("hash", (byte) 1)
            .build();

    @Test
    void attributesAreShownAsTheyAre() {
        Projection some = Projection.ofAttributes(List.of("id", "address", "paid", "hash", "gone"));

        assertThat(MapItem.copyOf(some.of(ORDER)))
                .isEqualTo(item("id", "a")
                        .map("address", item("city", "Bonn").s("zip", "53113"))
                        .bool("paid", true)
                        .b("hash", (byte) 1)
                        .build());
        assertThat(Projection.wholeItem().of(ORDER)).isSameAs(ORDER);
    }

    @Test
    void partsAreTakenFromItemsAsTheSdkDecodesThem() {
        Projection some = Projection.parse("address.city, line, note.x", Map.of());

        assertThat(some.of(SdkItems.of(ORDER)).materialise())
                .isEqualTo(item().n("line", 7)
                        .map("address", item("city", "Bonn"))
                        .build()
                        .materialise());
    }

    @Test
    void partsAreTakenFromItemsThatAreDecodedAsTheyAreWalked() {
        Projection some = Projection.parse("lines[1].n, lines[3], address.city, note", Map.of());
        L lines = new L(List.of(
                new M(Map.of("n", new N("1"))),
                new M(Map.of("x", new L(List.of()), "n", new N("2"))),
                new L(List.of(new S("y"))),
                new S("3"),
                new S("4")));
        MapItem order = MapItem.of(Map.of(
                "lines",
                lines,
                "note",
                new S("z"),
                "address",
                new M(Map.of("zip", new L(List.of()), "city", new S("Bonn")))));

        assertThat(some.of(JsonItem.of(order)).materialise())
                .isEqualTo(some.of(order).materialise())
                .containsEntry("lines", new L(List.of(new M(Map.of("n", new N("2"))), new S("3"))));
    }

    @Test
    void anItemCanBeWalkedAgain() {
        var projected = Projection.parse("address.city, id", Map.of()).of(ORDER);

        assertThat(projected.materialise()).isEqualTo(projected.materialise()).hasSize(2);
    }

    @Test
    void aWalkGoesNoFurtherThanItHasTo() {
        ItemCursor cursor = Projection.ofAttributes(List.of("id")).of(ORDER).walk();

        assertThat(cursor.next()).isTrue();
        assertThat(cursor.text()).isEqualTo("a");
        assertThat(cursor.next()).isFalse();
        assertThat(cursor.name()).as("where the inner walk stands").isEqualTo("id");
    }

    @Test
    void keysAreKeptWhateverIsAsked() {
        assertThat(Projection.parse("address.city, id.x, line", Map.of()).keeping(List.of("id")))
                .isEqualTo(Projection.parse("address.city, line, id", Map.of()));
        assertThat(Projection.wholeItem().keeping(List.of("id"))).isEqualTo(Projection.wholeItem());
        assertThat(Projection.ofAttributes(List.of()).keeping(List.of("id")))
                .isEqualTo(Projection.ofAttributes(List.of("id")));
    }

    @Test
    void withoutAnyPathThereIsNothingToAskDynamoDb() {
        assertThat(Projection.ofAttributes(List.of()).expression()).isEmpty();
        assertThat(Projection.wholeItem().expression()).isEmpty();
        assertThat(Projection.ofAttributes(List.of()).of(ORDER).materialise()).isEmpty();
    }

    @Test
    void aPartOfAProjectionIsWhatItTakesOfSomeAttributes() {
        Projection some = Projection.parse("address.city, line, tags[0], tags[2].x", Map.of());

        assertThat(some.within(List.of("tags", "line", "note")))
                .isEqualTo(Projection.parse("line, tags[0], tags[2].x", Map.of()));
        assertThat(some.touches("tags")).isTrue();
        assertThat(some.touches("note")).isFalse();
    }

    @Test
    void pathsThatOverlapAreCoveredByTheWiderOne() {
        assertThat(covering("m.a", "m", "m.a.b", "x")).hasToString("[m, x]");
        assertThat(covering("m.a.b", "m.a.c")).hasToString("[m.a.b, m.a.c]");
    }

    @Test
    void aValueThatIsAMapToOneAndAListToAnotherIsCoveredWhole() {
        assertThat(covering("m.a.b", "m.a[0]", "m.x")).hasToString("[m.a, m.x]");
    }

    /** Otherwise the result would not show which elements were found. */
    @Test
    void ofSeveralElementsEachIsCoveredWhole() {
        assertThat(covering("l[2].b", "l[0].b.c")).hasToString("[l[0], l[2]]");
        assertThat(covering("l[2].b.c", "l[2].x")).hasToString("[l[2].b.c, l[2].x]");
        assertThat(covering("l[1][2].a", "l[1][0]")).hasToString("[l[1][0], l[1][2]]");
    }

    @Test
    void morePathsThanAnExpressionHoldsAreCoveredByTheWholeItem() {
        List<DocumentPath> many = IntStream.range(0, 2_000)
                .mapToObj(i -> DocumentPath.ofAttribute("a" + i))
                .toList();

        assertThat(Projection.covering(many, List.of())).isEqualTo(Projection.wholeItem());
    }

    @Test
    void whatACoveringProjectionTookIsFoundInItsPlace() {
        DocumentPath first = path("l[1].b");
        DocumentPath second = path("l[3]");
        Projection covering = Projection.covering(List.of(first, second), List.of());
        Map<String, AttributeValue> item =
                Map.of("l", new L(List.of(new S("0"), new M(Map.of("b", new S("1b"))), new S("2"), new S("3"))));

        assertThat(covering.placeOf(first)).hasToString("l[0].b");
        assertThat(covering.placeOf(second)).hasToString("l[1]");
        AttributeValue part = covering.of(MapItem.of(item)).materialise().get("l");
        assertThat(covering.placeOf(first).in(part)).hasValue(new S("1b"));
        assertThat(covering.placeOf(second).in(part)).hasValue(new S("3"));
    }

    @Test
    void aShorterListLeavesNoElementInTheWrongPlace() {
        Projection covering = covering("l[1].b", "l[3]");
        Map<String, AttributeValue> item = Map.of("l", new L(List.of(new S("0"), new M(Map.of()), new S("2"))));

        AttributeValue part = covering.of(MapItem.of(item)).materialise().get("l");
        assertThat(covering.placeOf(path("l[1].b")).in(part)).isEmpty();
        assertThat(covering.placeOf(path("l[3]")).in(part)).isEmpty();
    }

    @Test
    void whatWasNotAskedForHasNoPlace() {
        assertThat(Projection.wholeItem().placeOf(path("l[7].x"))).hasToString("l[7].x");
        assertThat(covering("m").placeOf(path("m.a[7]"))).hasToString("m.a[7]");
        assertThatThrownBy(() -> covering("l[1]").placeOf(path("l[2]")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leaves out l[2]");
    }

    @Test
    void aPathFindsWhatStandsAtItsEnd() {
        AttributeValue lines = new L(List.of(new M(Map.of("n", new N("1"))), new L(List.of(new S("x")))));

        assertThat(path("lines").in(lines)).hasValue(lines);
        assertThat(path("lines[0].n").in(lines)).hasValue(new N("1"));
        assertThat(path("lines[1][0]").in(lines)).hasValue(new S("x"));
        assertThat(path("lines[1].n").in(lines)).isEmpty();
        assertThat(path("lines[0][0]").in(lines)).isEmpty();
        assertThat(path("lines[2]").in(lines)).isEmpty();
        assertThat(path("lines[0].n.deeper").in(lines)).isEmpty();
    }

    @Test
    void aProjectionTravelsWithTheJob() throws Exception {
        Projection some = Projection.parse("address.city, line", Map.of());

        Projection arrived = InstantiationUtil.clone(some);

        assertThat(arrived).isEqualTo(some);
        assertThat(arrived.of(ORDER).materialise()).isEqualTo(some.of(ORDER).materialise());
        assertThat(InstantiationUtil.clone(Projection.wholeItem())).isSameAs(Projection.wholeItem());
    }

    private static Projection covering(String... paths) {
        return Projection.covering(
                List.of(paths).stream().map(ProjectionTest::path).toList(), List.of());
    }

    private static DocumentPath path(String text) {
        return new PathParser(Map.of()).path(text);
    }
}
