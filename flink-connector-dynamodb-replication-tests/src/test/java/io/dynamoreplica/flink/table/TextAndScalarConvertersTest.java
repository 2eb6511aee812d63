/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.AttributeValue.B;
import io.dynamoreplica.flink.change.AttributeValue.Bool;
import io.dynamoreplica.flink.change.AttributeValue.Bs;
import io.dynamoreplica.flink.change.AttributeValue.L;
import io.dynamoreplica.flink.change.AttributeValue.M;
import io.dynamoreplica.flink.change.AttributeValue.N;
import io.dynamoreplica.flink.change.AttributeValue.Ns;
import io.dynamoreplica.flink.change.AttributeValue.Null;
import io.dynamoreplica.flink.change.AttributeValue.S;
import io.dynamoreplica.flink.change.AttributeValue.Ss;
import io.dynamoreplica.flink.change.json.ItemKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.StringData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextAndScalarConvertersTest {

    @ParameterizedTest
    @EnumSource
    void stringsAreTakenAsTheyAre(ItemKind kind) throws Exception {
        for (String text : new String[] {"", "x", "\u00e9\uD83D\uDE00\u0000\"\\"}) {
            assertThat(new SingleColumnTable(kind, DataTypes.STRING()).convert(new S(text)))
                    .isEqualTo(StringData.fromString(text));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLengthIsALimitInCharactersAndNothingIsPaddedOrCut(ItemKind kind) throws Exception {
        String twoCharactersOfThreeUnits = "x\uD83D\uDE00";
        SingleColumnTable varchar = new SingleColumnTable(kind, DataTypes.VARCHAR(2));
        SingleColumnTable exact = new SingleColumnTable(kind, DataTypes.CHAR(2));

        assertThat(varchar.convert(new S(twoCharactersOfThreeUnits))).hasToString(twoCharactersOfThreeUnits);
        assertThat(varchar.convert(new S(""))).hasToString("");
        assertFails(varchar, new S("xyz"), "is a string of 3 characters", "VARCHAR(2)");
        assertThat(exact.convert(new S("xy"))).hasToString("xy");
        assertFails(exact, new S("x"), "is a string of 1 characters", "CHAR(2)");
        assertFails(exact, new S("xyz"), "is a string of 3 characters", "CHAR(2)");
    }

    @ParameterizedTest
    @EnumSource
    void anythingIsTextAndStructuresAreJson(ItemKind kind) throws Exception {
        SingleColumnTable text = new SingleColumnTable(kind, DataTypes.STRING());
        Map<String, AttributeValue> map = new LinkedHashMap<>();
        map.put("n", new N("12345678901234567890123456789012345678"));
        map.put("tiny", new N("1E-130"));
        map.put("null", new Null());
        map.put("a.\"b\"", new L(List.of(new S("\u0000"), new Bool(false), new M(Map.of()))));

        assertThat(text.convert(new Bool(true))).hasToString("true");
        assertThat(text.convert(new B(new byte[] {0, -1, 127}))).hasToString("AP9/");
        assertThat(text.convert(new B(new byte[0]))).hasToString("");
        assertThat(text.convert(new L(List.of()))).hasToString("[]");
        assertThat(text.convert(new Ss(List.of("a", "")))).hasToString("[\"a\",\"\"]");
        assertThat(text.convert(new Ns(List.of("1.50", "-0")))).hasToString("[1.50,-0]");
        assertThat(text.convert(new Bs(List.of(new B(new byte[] {1}))))).hasToString("[\"AQ==\"]");
        assertThat(text.convert(new M(map)))
                .hasToString("{\"n\":12345678901234567890123456789012345678,\"tiny\":1E-130,"
                        + "\"null\":null,\"a.\\\"b\\\"\":[\"\\u0000\",false,{}]}");
        assertFails(
                new SingleColumnTable(kind, DataTypes.VARCHAR(3)),
                new Ns(List.of("1", "2")),
                "of type NS is JSON of 5 characters",
                "VARCHAR(3)");
    }

    @ParameterizedTest
    @EnumSource
    void halfASurrogatePairIsNoTextButSurvivesInJson(ItemKind kind) throws Exception {
        SingleColumnTable text = new SingleColumnTable(kind, DataTypes.STRING());
        for (String half : new String[] {"\uD83D", "x\uDE00", "\uDE00\uD83D", "\uD83Dx"}) {
            assertFails(text, new S(half), "a string with half a surrogate pair", "STRING");
            assertFails(
                    new SingleColumnTable(kind, DataTypes.MAP(DataTypes.STRING(), DataTypes.INT())),
                    new M(Map.of(half, new N("1"))),
                    "of type M is a map with a name with half a surrogate pair",
                    "STRING");
        }
        assertThat(text.convert(new L(List.of(new S("\u00e9\uD83D"))))).hasToString("[\"\\u00E9\\uD83D\"]");
        assertThat(text.convert(new L(List.of(new S("\u00e9\uD83D\uDE00"))))).hasToString("[\"\u00e9\uD83D\uDE00\"]");
    }

    @ParameterizedTest
    @EnumSource
    void theNamesOfAMapHaveALimitToo(ItemKind kind) throws Exception {
        SingleColumnTable map = new SingleColumnTable(kind, DataTypes.MAP(DataTypes.VARCHAR(2), DataTypes.INT()));

        assertThat(map.convert(new M(Map.of("", new N("1")))))
                .isEqualTo(new GenericMapData(Map.of(StringData.fromString(""), 1)));
        assertFails(
                map, new M(Map.of("abc", new N("1"))), "of type M is a map with a name of 3 characters", "VARCHAR(2)");
    }

    @ParameterizedTest
    @EnumSource
    void binariesAreTakenAsTheyAre(ItemKind kind) throws Exception {
        SingleColumnTable varbinary = new SingleColumnTable(kind, DataTypes.VARBINARY(2));
        SingleColumnTable exact = new SingleColumnTable(kind, DataTypes.BINARY(2));

        assertThat(new SingleColumnTable(kind, DataTypes.BYTES()).convert(new B(new byte[] {0, -1, 127})))
                .isEqualTo(new byte[] {0, -1, 127});
        assertThat(varbinary.convert(new B(new byte[0]))).isEqualTo(new byte[0]);
        assertFails(varbinary, new B(new byte[3]), "is a binary of 3 bytes", "VARBINARY(2)");
        assertThat(exact.convert(new B(new byte[] {1, 2}))).isEqualTo(new byte[] {1, 2});
        assertFails(exact, new B(new byte[1]), "is a binary of 1 bytes", "BINARY(2)");
        assertFails(new SingleColumnTable(kind, DataTypes.BYTES()), new S("AQ=="), "is of type S", "BYTES");
    }

    @ParameterizedTest
    @EnumSource
    void booleansAreBooleansOnly(ItemKind kind) throws Exception {
        SingleColumnTable bool = new SingleColumnTable(kind, DataTypes.BOOLEAN());

        assertThat(bool.convert(new Bool(true))).isEqualTo(true);
        assertThat(bool.convert(new Bool(false))).isEqualTo(false);
        assertFails(bool, new S("true"), "is of type S", "BOOLEAN");
        assertFails(bool, new N("1"), "is of type N", "BOOLEAN");
    }

    @ParameterizedTest
    @EnumSource
    void nullAndAbsenceAreNullWhereTheColumnAllowsIt(ItemKind kind) throws Exception {
        SingleColumnTable nullable = new SingleColumnTable(kind, DataTypes.INT());
        SingleColumnTable required = new SingleColumnTable(kind, DataTypes.INT().notNull());
        Map<String, AttributeValue> without = Map.of("b", new N("1"));

        assertThat(nullable.convert(new Null())).isNull();
        assertThat(nullable.convert(without)).isNull();
        assertThatThrownBy(() -> required.convert(new Null()))
                .hasMessage("Attribute 'a' is NULL, but declared INT NOT NULL");
        assertThatThrownBy(() -> required.convert(without))
                .hasMessage("Attribute 'a' is missing, but declared INT NOT NULL");
    }

    private static void assertFails(SingleColumnTable column, AttributeValue value, String problem, String type) {
        assertThatThrownBy(() -> column.convert(value))
                .isInstanceOf(ConversionException.class)
                .hasMessageStartingWith("Attribute 'a' ")
                .hasMessageContaining(problem)
                .hasMessageContaining(type);
    }
}
