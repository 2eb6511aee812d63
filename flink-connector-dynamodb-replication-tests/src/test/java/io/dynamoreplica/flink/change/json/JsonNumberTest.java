/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.AttributeValue.L;
import io.dynamoreplica.flink.change.AttributeValue.M;
import io.dynamoreplica.flink.change.AttributeValue.N;
import io.dynamoreplica.flink.change.AttributeValue.Ns;
import io.dynamoreplica.flink.change.MapItem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers that a server may send, and their form in JSON. */
class JsonNumberTest {

    @ParameterizedTest
    @CsvSource({
        "+5, 5",
        "00042, 42",
        ".5, 0.5",
        "5., 5",
        "-00, -0",
        "-.5, -0.5",
        "+00.50, 0.50",
        "000, 0",
        "-007, -7",
        "5.E+3, 5E+3",
        "+01e05, 1e05",
        ".5E-130, 0.5E-130",
        "+1E+999999999, 1E+999999999"
    })
    void aNumberThatIsNoneOfJsonIsWrittenInItsGrammar(String sent, String written) {
        assertThat(JsonNumber.of(sent)).hasValue(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "5",
                "-5",
                "12.50",
                "0.5",
                "1E-130",
                "-9.99E+125",
                "1e5",
                "1E+05",
                "12345678901234567890123456789012345678"
            })
    void aNumberOfJsonStaysAsItIs(String sent) {
        assertThat(JsonNumber.of(sent)).containsSame(sent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "+",
                "-",
                ".",
                "-.",
                "E5",
                "1E",
                "1E+",
                "NaN",
                "Infinity",
                "0x10",
                "5d",
                "1,5",
                "1 5",
                "--5",
                "+-5",
                "1.2.3",
                "\u0665"
            })
    void whatIsNoNumberIsWrittenAsText(String sent) throws Exception {
        assertThat(JsonNumber.of(sent)).isEmpty();
        assertThat(values(Map.of("n", new N(sent)))).containsExactly("VALUE_STRING " + sent);
    }

    static Stream<Long> seeds() {
        return IntStream.range(0, 500).mapToObj(Long::valueOf);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyNumberIsReadByAParserWithTheSameValue(long seed) throws Exception {
        String sent = randomNumber(new Random(seed));

        List<String> read = values(Map.of(
                "n", new N(sent),
                "l", new L(List.of(new M(Map.of("n", new N(sent))))),
                "ns", new Ns(List.of(sent))));

        assertThat(read).hasSize(3);
        for (String each : read) {
            assertThat(each).as(sent).startsWith("VALUE_NUMBER_");
            assertThat(new BigDecimal(each.substring(each.indexOf(' ') + 1)))
                    .as(sent)
                    .isEqualByComparingTo(new BigDecimal(sent));
        }
    }

    private static String randomNumber(Random dice) {
        String whole = digits(dice, dice.nextInt(4) == 0 ? 38 : 4);
        boolean point = dice.nextBoolean();
        String fraction = point ? digits(dice, 6) : "";
        if (whole.isEmpty() && fraction.isEmpty()) {
            whole = "0";
        }
        return List.of("", "", "+", "-").get(dice.nextInt(4))
                + whole
                + (point ? "." : "")
                + fraction
                + List.of("", "", "e5", "E+7", "E-007").get(dice.nextInt(5));
    }

    private static String digits(Random dice, int most) {
        StringBuilder digits = new StringBuilder();
        for (int left = dice.nextInt(most + 1); left > 0; left--) {
            digits.append(dice.nextInt(3) == 0 ? 0 : dice.nextInt(10));
        }
        return digits.toString();
    }

    /** An exponent is never expanded. */
    @Test
    void aHugeExponentStaysOne() {
        assertThat(JsonForm.PLAIN.textOf(MapItem.of(Map.of("n", new N("+1E-999999999")))))
                .isEqualTo("{\"n\":1E-999999999}");
    }

    @Test
    void dynamoDbsOwnJsonKeepsWhatWasSent() {
        assertThat(JsonForm.DYNAMODB.textOf(MapItem.of(Map.of("n", new N("+5.")))))
                .isEqualTo("{\"n\":{\"N\":\"+5.\"}}");
    }

    /** Returns the token and text of each scalar, read by a strict parser. */
    private static List<String> values(Map<String, AttributeValue> item) throws Exception {
        List<String> values = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(JsonForm.PLAIN.textOf(MapItem.of(item)))) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue()) {
                    values.add(token + " " + parser.getText());
                }
            }
        }
        return values;
    }
}
