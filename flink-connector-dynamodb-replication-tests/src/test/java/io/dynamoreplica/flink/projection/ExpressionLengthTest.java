/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The length of an expression in the form that is sent, which DynamoDB counts. */
class ExpressionLengthTest {

    private static final int LONGEST = 4096;

    private static final List<String> KEYS = List.of("partition", "sort");

    @Test
    void theKeysDoNotMoveTheNamesThatAreUsedMost() {
        String attributes = numbered("attribute", 34);
        String elements = elements("list", 500);
        Projection asked = Projection.parse(attributes + "," + elements, Map.of());

        String sent = sent(asked.keeping(KEYS));

        assertThat(sent).startsWith("#1,#2,").contains("#0[0],#0[1]").endsWith(",#z,#10");
        assertThat(sent.length()).isLessThan(LONGEST);
    }

    @ParameterizedTest
    @ValueSource(ints = {33, 34, 35, 36, 37})
    void noKeyMakesTheTextLongerThanTheKeyItself(int attributes) {
        Projection asked = Projection.parse(numbered("attribute", attributes) + "," + elements("list", 500), Map.of());

        assertThat(sent(asked.keeping(KEYS)).length() - sent(asked).length()).isLessThanOrEqualTo(8);
    }

    @Test
    void aNameThatIsShorterThanAPlaceholderStandsAsItIs() {
        String written = elements("a", 590);
        assertThat(written).hasSize(4_019);

        assertThat(sent(Projection.parse(written, Map.of()))).isEqualTo(written);
        assertThat(sent(Projection.parse("id, x.t1, y_[0]", Map.of()))).isEqualTo("id,x.t1,y_[0]");
        assertThat(sent(Projection.parse("to, Of, #n", Map.of("#n", "."))))
                .as("reserved words, and what is no name in the grammar")
                .isEqualTo("#0,#1,#2");
    }

    @Test
    void thePlaceholdersThatAreNotNeededAreNotSent() {
        assertThat(Projection.parse("a, id", Map.of()).expression().orElseThrow())
                .isEqualTo(new ProjectionExpression("a,id", Map.of()));
        assertThat(Projection.parse("a, total", Map.of()).expression().orElseThrow())
                .isEqualTo(new ProjectionExpression("a,#0", Map.of("#0", "total")));
    }

    static Stream<Long> seeds() {
        return IntStream.range(0, 200).mapToObj(Long::valueOf);
    }

    /** So the connector never refuses a text that DynamoDB accepts. */
    @ParameterizedTest
    @MethodSource("seeds")
    void noOtherChoiceOfNamesIsShorter(long seed) {
        Random dice = new Random(seed);
        List<DocumentPath> paths = randomPaths(dice);

        int ours = ProjectionExpression.of(paths).length();

        for (int tries = 0; tries < 20; tries++) {
            assertThat(ours)
                    .as("seed %s", seed)
                    .isLessThanOrEqualTo(byHand(paths, dice).length());
        }
    }

    private static List<DocumentPath> randomPaths(Random dice) {
        List<String> names = IntStream.range(0, 1 + dice.nextInt(90))
                .mapToObj(i -> randomName(dice, i))
                .distinct()
                .toList();
        List<DocumentPath> paths = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            // A small number is more likely: some names are used often.
            String name = names.get((int) (names.size() * dice.nextDouble() * dice.nextDouble()));
            paths.add(new DocumentPath(List.of(
                    new DocumentPath.Name(name),
                    new DocumentPath.Index(dice.nextInt(900)),
                    new DocumentPath.Name(names.get(dice.nextInt(names.size()))))));
        }
        return paths;
    }

    private static String randomName(Random dice, int number) {
        return switch (dice.nextInt(4)) {
            case 0 -> String.valueOf((char) ('a' + dice.nextInt(26)));
            case 1 -> (char) ('a' + dice.nextInt(26)) + String.valueOf(dice.nextInt(10));
            case 2 -> List.of("to", "IS", "by", "no", "x.y", "a-b").get(dice.nextInt(6));
            default -> "name" + number;
        };
    }

    /** Returns the text of a user: each name unchanged where that is allowed, else a placeholder. */
    private static String byHand(List<DocumentPath> paths, Random dice) {
        List<String> names = new ArrayList<>(paths.stream()
                .flatMap(path -> path.steps().stream())
                .filter(DocumentPath.Name.class::isInstance)
                .map(Object::toString)
                .distinct()
                .toList());
        Collections.shuffle(names, dice);
        Map<String, String> written = new HashMap<>();
        int placeholders = 0;
        for (String name : names) {
            boolean allowed = name.matches("[A-Za-z][A-Za-z0-9_]*")
                    && !List.of("to", "IS", "by", "no").contains(name);
            written.put(name, allowed && dice.nextBoolean() ? name : "#" + Integer.toString(placeholders++, 36));
        }
        return paths.stream().map(path -> path.written(written)).collect(Collectors.joining(","));
    }

    @Test
    void theLimitIsThatOfTheTextThatIsSent() {
        Projection longest = exactly(LONGEST);

        assertThat(sent(longest)).hasSize(LONGEST);
        assertThatCode(longest::refuseTooLong).doesNotThrowAnyException();
        assertThatThrownBy(() -> exactly(LONGEST + 1))
                .isInstanceOf(InvalidProjectionException.class)
                .hasMessageContaining("an expression of 4097 characters")
                .hasMessageContaining("DynamoDB takes 4096");
    }

    @Test
    void whatFitsAloneMayBeTooLongWithTheKey() {
        Projection fits = exactly(LONGEST - 2);

        assertThatCode(() -> fits.keeping(List.of("a")).refuseTooLong())
                .as("a key that is among the paths already")
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> fits.keeping(List.of("partition")).refuseTooLong())
                .isInstanceOf(InvalidProjectionException.class)
                .hasMessageContaining("4097 characters");
    }

    @Test
    void longNamesThatDynamoDbWouldRefuseAsWrittenAreShortened() {
        String written = numbered("aVeryLongNameOfAnAttribute", 150);
        assertThat(written.length()).isGreaterThan(LONGEST);

        assertThat(sent(Projection.parse(written, Map.of()).keeping(KEYS)).length())
                .isLessThan(LONGEST);
    }

    @Test
    void pathsThatDoNotFitWithTheirKeyAreCoveredByTheWholeItem() {
        List<DocumentPath> paths = Stream.concat(
                        IntStream.range(0, 34).mapToObj(i -> path("column" + i)),
                        IntStream.range(0, 600).mapToObj(i -> path("data.f" + i)))
                .toList();
        Projection covering = Projection.covering(paths, KEYS);
        Projection fewer = Projection.covering(paths.subList(0, 450), KEYS);

        assertThat(covering).isEqualTo(Projection.wholeItem());
        assertThat(fewer).isNotEqualTo(Projection.wholeItem());
        assertThatCode(() -> fewer.keeping(KEYS).refuseTooLong()).doesNotThrowAnyException();
    }

    /** For any number of columns, with a known and an unknown key. */
    @Test
    void whatCoversSomePathsIsNeverSentTooLong() {
        for (int fields = 540; fields < 600; fields++) {
            List<DocumentPath> paths = Stream.concat(
                            IntStream.range(0, 34).mapToObj(i -> path("column" + i)),
                            IntStream.range(0, fields).mapToObj(i -> path("data.f" + i)))
                    .toList();
            for (List<String> known : List.of(KEYS, List.<String>of())) {
                Projection sent = Projection.covering(paths, known).keeping(KEYS);
                assertThatCode(sent::refuseTooLong).as("%s fields", fields).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void aRefusalShowsALittleOfALongText() {
        assertThatThrownBy(() -> Projection.parse(elements("a", 590) + ",!", Map.of()))
                .message()
                .hasSizeLessThan(600)
                .contains("a[589],!", "4021 characters", "has '!' as character 4021");
    }

    /** Returns elements of a list, and a name that fills the rest of the length. */
    private static Projection exactly(int length) {
        StringBuilder text = new StringBuilder(elements("a", 590));
        int element = 0;
        while (length - text.length() > 12) {
            text.append(",b[").append(element++).append(']');
        }
        int left = length - text.length() - ",c[]".length();
        text.append(",c[").append("1".repeat(left)).append(']');
        return Projection.parse(text.toString(), Map.of());
    }

    private static String elements(String list, int number) {
        return IntStream.range(0, number).mapToObj(i -> list + "[" + i + "]").collect(Collectors.joining(","));
    }

    private static String numbered(String name, int number) {
        return IntStream.range(0, number).mapToObj(i -> name + i).collect(Collectors.joining(","));
    }

    private static DocumentPath path(String text) {
        return new PathParser(Map.of()).path(text);
    }

    private static String sent(Projection projection) {
        return projection.expression().orElseThrow().text();
    }
}
