/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.projection.DocumentPath.Index;
import io.dynamoreplica.flink.projection.DocumentPath.Name;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expressions that DynamoDB accepts and refuses, as DynamoDB Local answered. */
class ProjectionParseTest {

    @Test
    void aPathIsNamesAndIndexes() {
        PathParser parser = new PathParser(Map.of("#c", "city-name", "#_1", "a.b"));

        assertThat(parser.path("a")).isEqualTo(DocumentPath.ofAttribute("a"));
        assertThat(parser.path("a_b1.#c[0][12].#_1").steps())
                .containsExactly(new Name("a_b1"), new Name("city-name"), new Index(0), new Index(12), new Name("a.b"));
        assertThat(parser.path("l[2147483647]").steps()).containsExactly(new Name("l"), new Index(Integer.MAX_VALUE));
    }

    @Test
    void spaceMayStandBetweenTheParts() {
        assertThat(Projection.parse(" l [ 1 ] . b ,\n\tm . a", Map.of()))
                .isEqualTo(Projection.parse("l[1].b,m.a", Map.of()));
    }

    @Test
    void whatIsSentHasOnePlaceholderForEachNameButForShortOnes() {
        ProjectionExpression sent = Projection.parse("size, #c.name, #c.size[0], l[3]", Map.of("#c", "a.b"))
                .expression()
                .orElseThrow();

        assertThat(sent.text()).isEqualTo("#0,#1.#2,#1.#0[0],l[3]");
        assertThat(sent.attributeNames()).isEqualTo(Map.of("#0", "size", "#1", "a.b", "#2", "name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void anEmptyExpressionIsRefused(String expression) {
        assertRefused(expression, "It is empty. Name an attribute");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,             | ends where a name",
                ",              | has ',' as character 1 where a name",
                "a,,b           | has ',' as character 3 where a name",
                "a b            | has 'b' as character 3 where ',', '.', '[' or the end",
                "a.             | ends where a name",
                ".a             | has '.' as character 1 where a name",
                "a..b           | has '.' as character 3 where a name",
                "a[]            | has ']' as character 3 where the number of an element",
                "a[x]           | has 'x' as character 3 where the number of an element",
                "a[-1]          | has '-' as character 3 where the number of an element",
                "a[01]          | has '0' as character 3 where the number of an element",
                "a[0            | ends where ']'",
                "a]             | has ']' as character 2 where ',', '.', '[' or the end",
                "[0]            | has '[' as character 1 where a name",
                "a-b            | has '-' as character 2 where",
                "_u             | has '_' as character 1 where a name",
                "1x             | has '1' as character 1 where a name",
                "grüße          | has 'ü' as character 3 where",
                "😀              | has '😀' as character 1 where a name",
                "a:b            | has ':' as character 2 where",
                "l[#i]          | has '#' as character 3 where the number of an element",
                "#              | ends where a letter, digit or '_' after '#'",
                "# a            | has ' ' as character 2 where a letter, digit or '_' after '#'",
            })
    void whatIsNoExpressionIsRefusedWhereItGoesWrong(String expression, String says) {
        assertRefused(expression, "'" + expression + "' " + says, "write a placeholder such as");
    }

    @Test
    void anUnknownPlaceholderIsRefused() {
        assertRefused("#x.a", "'#x' stands for no name. Add it");
    }

    @Test
    void aPlaceholderIsKnownByItsLetters() {
        assertThatThrownBy(() -> Projection.parse("#A", Map.of("#a", "a")))
                .hasMessageContaining("'#A' stands for no name");
    }

    @Test
    void aPlaceholderWithoutUseIsRefused() {
        assertThatThrownBy(() -> Projection.parse("#a", Map.of("#a", "a", "#y", "b", "#z", "c")))
                .isInstanceOf(InvalidProjectionException.class)
                .hasMessageContaining("No path uses [#y, #z]")
                .hasMessageContaining("Remove it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "#", "#a-b", "##a", "#a#b", "#é", "# a"})
    void whatIsNoPlaceholderIsRefused(String placeholder) {
        assertThatThrownBy(() -> Projection.parse("a", Map.of(placeholder, "a")))
                .isInstanceOf(InvalidProjectionException.class)
                .hasMessageContaining("'" + placeholder + "' is no placeholder. Write '#'");
    }

    @Test
    void namesHaveTheLengthsThatDynamoDbAllows() {
        String longest = "#" + "a".repeat(254);
        assertThat(Projection.parse(longest, Map.of(longest, "x".repeat(65_535)))
                        .touches("x"))
                .isFalse();

        assertThatThrownBy(() -> Projection.parse("a", Map.of(longest + "a", "x")))
                .hasMessageContaining("is longer than 255 characters. Choose");
        assertThatThrownBy(() -> Projection.parse("#a", Map.of("#a", "")))
                .hasMessageContaining("'#a' stands for an empty name. Write");
        assertThatThrownBy(() -> Projection.parse("#a", Map.of("#a", "é".repeat(32_768))))
                .hasMessageContaining("'#a' stands for a name of more than 65535 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "99999999999999999999"})
    void anIndexBeyondAllListsIsRefused(String index) {
        assertRefused("l[" + index + "]", "[" + index + "] is beyond [2147483647]");
    }

    @Test
    void aPathHasNoMoreLevelsThanAValue() {
        assertThat(Projection.parse("m" + ".a".repeat(31), Map.of()).touches("m"))
                .isTrue();

        assertRefused("b, m" + "[0]".repeat(32), "'m[0]", "has 33 levels", "Shorten it");
    }

    @ParameterizedTest
    @CsvSource({
        "'m, m.a',       'm',   'm.a'",
        "'m.a.b, m.a',   'm.a.b', 'm.a'",
        "'l[0], l[0].b', 'l[0]', 'l[0].b'",
        "'l, b, l[0]',   'l',   'l[0]'",
    })
    void pathsThatOverlapAreRefused(String expression, String first, String second) {
        assertRefused(expression, "'" + first + "' and '" + second + "' overlap. Remove");
    }

    @Test
    void aPathNamedTwiceIsRefusedEvenByAnotherName() {
        assertRefused("a, b.c, b.c", "'b.c' is named twice. Remove one");
        assertThatThrownBy(() -> Projection.parse("a, #a", Map.of("#a", "a")))
                .hasMessageContaining("'a' is named twice");
    }

    @ParameterizedTest
    @CsvSource({"'m.a, m[0]',", "'m.a[0], m.a.b',", "'l[0].x.y, l[0][1]',"})
    void pathsThatTakeOneValueForAMapAndForAListAreRefused(String expression) {
        assertRefused(expression, "conflict: one needs a map where the other needs a list");
    }

    @Test
    void siblingsAreNoTrouble() {
        assertThat(Projection.parse("m.a, m.b, l[0], l[1].x, l[1].y, ma, m2", Map.of()))
                .hasToString("[m.a, m.b, l[0], l[1].x, l[1].y, ma, m2]");
    }

    @Test
    void anExpressionThatWouldBeTooLongWithTheKeysIsRefused() {
        List<String> many = IntStream.range(0, 1_000).mapToObj(i -> "a" + i).toList();
        String fits = String.join(",", many);
        String tooLong = IntStream.range(0, 1_100).mapToObj(i -> "a" + i).collect(Collectors.joining(","));

        assertThat(Projection.parse(fits, Map.of())
                        .keeping(List.of("pk", "sk"))
                        .expression()
                        .orElseThrow()
                        .text()
                        .length())
                .isLessThanOrEqualTo(4096);
        assertRefused(tooLong, "Its 1100 paths", "DynamoDB takes 4096", "Name fewer");
    }

    private static void assertRefused(String expression, String... says) {
        assertThatThrownBy(() -> Projection.parse(expression, Map.of()))
                .isInstanceOf(InvalidProjectionException.class)
                .message()
                .contains(says);
    }
}
