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
import io.dynamoreplica.flink.change.AttributeValue.N;
import io.dynamoreplica.flink.change.AttributeValue.Null;
import io.dynamoreplica.flink.change.AttributeValue.S;
import io.dynamoreplica.flink.change.json.ItemKind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextAndScalarConvertersTest {

    @ParameterizedTest
    @EnumSource
    void stringsAreTakenAsTheyAre(ItemKind kind) throws Exception {
        for (String text : new String[] {"", "x", "\u00e9\uD83D\uDE00\u0000\"\\"}) {
            assertThat(new OneColumn(kind, DataTypes.STRING()).convert(new S(text)))
                    .isEqualTo(StringData.fromString(text));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLengthIsALimitInCharactersAndNothingIsPaddedOrCut(ItemKind kind) throws Exception {
        String twoCharactersOfThreeUnits = "x\uD83D\uDE00";
        OneColumn varchar = new OneColumn(kind, DataTypes.VARCHAR(2));
        OneColumn exact = new OneColumn(kind, DataTypes.CHAR(2));

        assertThat(varchar.convert(new S(twoCharactersOfThreeUnits)))
                .hasToString(twoCharactersOfThreeUnits);
        assertThat(varchar.convert(new S(""))).hasToString("");
        assertFails(varchar, new S("xyz"), "is a string of 3 characters", "VARCHAR(2)");
        assertThat(exact.convert(new S("xy"))).hasToString("xy");
        assertFails(exact, new S("x"), "is a string of 1 characters", "CHAR(2)");
        assertFails(exact, new S("xyz"), "is a string of 3 characters", "CHAR(2)");
    }

    @ParameterizedTest
    @EnumSource
    void binariesAreTakenAsTheyAre(ItemKind kind) throws Exception {
        OneColumn varbinary = new OneColumn(kind, DataTypes.VARBINARY(2));
        OneColumn exact = new OneColumn(kind, DataTypes.BINARY(2));

        assertThat(new OneColumn(kind, DataTypes.BYTES()).convert(new B(new byte[] {0, -1, 127})))
                .isEqualTo(new byte[] {0, -1, 127});
        assertThat(varbinary.convert(new B(new byte[0]))).isEqualTo(new byte[0]);
        assertFails(varbinary, new B(new byte[3]), "is a binary of 3 bytes", "VARBINARY(2)");
        assertThat(exact.convert(new B(new byte[] {1, 2}))).isEqualTo(new byte[] {1, 2});
        assertFails(exact, new B(new byte[1]), "is a binary of 1 bytes", "BINARY(2)");
        assertFails(new OneColumn(kind, DataTypes.BYTES()), new S("AQ=="), "is of type S", "BYTES");
    }

    @ParameterizedTest
    @EnumSource
    void booleansAreBooleansOnly(ItemKind kind) throws Exception {
        OneColumn bool = new OneColumn(kind, DataTypes.BOOLEAN());

        assertThat(bool.convert(new Bool(true))).isEqualTo(true);
        assertThat(bool.convert(new Bool(false))).isEqualTo(false);
        assertFails(bool, new S("true"), "is of type S", "BOOLEAN");
        assertFails(bool, new N("1"), "is of type N", "BOOLEAN");
        assertFails(
                new OneColumn(kind, DataTypes.STRING()),
                new Bool(true),
                "is of type BOOL",
                "STRING");
    }

    @ParameterizedTest
    @EnumSource
    void nullAndAbsenceAreNullWhereTheColumnAllowsIt(ItemKind kind) throws Exception {
        OneColumn nullable = new OneColumn(kind, DataTypes.INT());
        OneColumn required = new OneColumn(kind, DataTypes.INT().notNull());
        Map<String, AttributeValue> without = Map.of("b", new N("1"));

        assertThat(nullable.convert(new Null())).isNull();
        assertThat(nullable.convert(without)).isNull();
        assertThatThrownBy(() -> required.convert(new Null()))
                .hasMessage("Attribute 'a' is NULL, but declared INT NOT NULL");
        assertThatThrownBy(() -> required.convert(without))
                .hasMessage("Attribute 'a' is missing, but declared NOT NULL");
    }

    @ParameterizedTest
    @EnumSource
    void datesAndTimesAreReadAsIso8601(ItemKind kind) throws Exception {
        assertThat(new OneColumn(kind, DataTypes.DATE()).convert(new S("2025-11-03")))
                .isEqualTo((int) LocalDate.of(2025, 11, 3).toEpochDay());
        assertThat(new OneColumn(kind, DataTypes.TIME(3)).convert(new S("00:00:01.5")))
                .isEqualTo(1500);
        assertThat(
                        new OneColumn(kind, DataTypes.TIMESTAMP(9))
                                .convert(new S("2025-11-03T10:15:30.123456789")))
                .isEqualTo(
                        TimestampData.fromLocalDateTime(
                                LocalDateTime.of(2025, 11, 3, 10, 15, 30, 123456789)));
        OneColumn instant = new OneColumn(kind, DataTypes.TIMESTAMP_LTZ(3));
        TimestampData expected = TimestampData.fromInstant(Instant.parse("2025-11-03T10:15:30Z"));
        assertThat(instant.convert(new S("2025-11-03T10:15:30Z"))).isEqualTo(expected);
        assertThat(instant.convert(new S("2025-11-03T12:15:30+02:00"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void aTimeThatIsNoneOrTooFineFailsWithoutRepeatingIt(ItemKind kind) {
        DataType[] types = {
            DataTypes.DATE(), DataTypes.TIME(0), DataTypes.TIMESTAMP(3), DataTypes.TIMESTAMP_LTZ(3)
        };
        for (DataType type : types) {
            assertThatThrownBy(() -> new OneColumn(kind, type).convert(new S("secret")))
                    .hasMessageStartingWith("Attribute 'a' is a string but not a ")
                    .hasMessageNotContaining("secret")
                    .hasNoCause();
            assertFails(
                    new OneColumn(kind, type),
                    new N("0"),
                    "is of type N",
                    type.getLogicalType().asSummaryString());
        }
        String tooFine = "a time with more than ";
        assertFails(
                new OneColumn(kind, DataTypes.TIME(0)), new S("00:00:01.5"), tooFine, "TIME(0)");
        assertFails(
                new OneColumn(kind, DataTypes.TIMESTAMP(3)),
                new S("2025-11-03T10:15:30.1234"),
                tooFine,
                "TIMESTAMP(3)");
        assertFails(
                new OneColumn(kind, DataTypes.TIMESTAMP_LTZ(3)),
                new S("2025-11-03T10:15:30.1234Z"),
                tooFine,
                "TIMESTAMP_LTZ(3)");
    }

    private static void assertFails(
            OneColumn column, AttributeValue value, String problem, String type) {
        assertThatThrownBy(() -> column.convert(value))
                .isInstanceOf(ConversionException.class)
                .hasMessageStartingWith("Attribute 'a' ")
                .hasMessageContaining(problem)
                .hasMessageContaining(type);
    }
}
