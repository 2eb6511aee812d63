/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.AttributeValue.N;
import io.dynamoreplica.flink.change.AttributeValue.S;
import io.dynamoreplica.flink.change.json.ItemKind;
import io.dynamoreplica.flink.config.TimestampUnit;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeConvertersTest {

    @ParameterizedTest
    @EnumSource
    void datesAndTimesAreReadAsIso8601(ItemKind kind) throws Exception {
        assertThat(new SingleColumnTable(kind, DataTypes.DATE()).convert(new S("2025-11-03")))
                .isEqualTo((int) LocalDate.of(2025, 11, 3).toEpochDay());
        assertThat(new SingleColumnTable(kind, DataTypes.TIME(3)).convert(new S("00:00:01.5")))
                .isEqualTo(1500);
        assertThat(new SingleColumnTable(kind, DataTypes.TIMESTAMP(9)).convert(new S("2025-11-03T10:15:30.123456789")))
                .isEqualTo(TimestampData.fromLocalDateTime(LocalDateTime.of(2025, 11, 3, 10, 15, 30, 123456789)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-11-03T10:15:30Z",
                "2025-11-03T12:15:30+02:00",
                "2025-11-03T12:15:30+0200",
                "2025-11-03T12:15:30+02",
                "2025-11-03T12:15:30.000+02:00",
                "2025-11-03T04:45:30-05:30"
            })
    void anInstantHasAnOffsetInAnyOfItsForms(String text) throws Exception {
        for (ItemKind kind : ItemKind.values()) {
            assertThat(new SingleColumnTable(kind, DataTypes.TIMESTAMP_LTZ(3)).convert(new S(text)))
                    .isEqualTo(TimestampData.fromInstant(Instant.parse("2025-11-03T10:15:30Z")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTimeThatIsNoneOrTooFineFailsWithoutRepeatingIt(ItemKind kind) {
        DataType[] types = {DataTypes.DATE(), DataTypes.TIME(0), DataTypes.TIMESTAMP(3), DataTypes.TIMESTAMP_LTZ(3)};
        for (DataType type : types) {
            assertThatThrownBy(() -> new SingleColumnTable(kind, type).convert(new S("secret")))
                    .hasMessageStartingWith("Attribute 'a' of type S is not a ")
                    .hasMessageContaining(type.getLogicalType().asSummaryString())
                    .hasMessageNotContaining("secret")
                    .hasNoCause();
            assertFails(
                    new SingleColumnTable(kind, type),
                    new N("0"),
                    "is of type N",
                    type.getLogicalType().asSummaryString());
        }
        String tooFine = "of type S is a time with more than ";
        assertFails(new SingleColumnTable(kind, DataTypes.TIME(0)), new S("00:00:01.5"), tooFine, "TIME(0)");
        assertFails(
                new SingleColumnTable(kind, DataTypes.TIMESTAMP(3)),
                new S("2025-11-03T10:15:30.1234"),
                tooFine,
                "TIMESTAMP(3)");
        assertFails(
                new SingleColumnTable(kind, DataTypes.TIMESTAMP_LTZ(3)),
                new S("2025-11-03T10:15:30.1234Z"),
                tooFine,
                "TIMESTAMP_LTZ(3)");
    }

    @ParameterizedTest
    @CsvSource({
        "DATE, 2025-02-29",
        "DATE, 2025-11-3",
        "DATE, 03.11.2025",
        "DATE, 2025-11-03T10:15:30",
        "DATE, ''",
        "TIME, 24:00:00",
        "TIME, 10:15:60",
        "TIME, 10:15Z",
        "TIMESTAMP, 2025-11-03 10:15:30",
        "TIMESTAMP, 2025-11-03T24:00:00",
        "TIMESTAMP, 2025-11-03T10:15:30Z",
        "TIMESTAMP, 2025-11-03",
        "LTZ, 2025-11-03T10:15:30",
        "LTZ, 2025-11-03T10:15:30+25:00",
        "LTZ, 2025-11-03T10:15:30ZZ",
        "LTZ, 2025-11-03T10:15:30[Europe/Berlin]",
        "LTZ, '2025-11-03T10:15:30Z '"
    })
    void whatIsNotIso8601OfThatKindFails(String type, String text) {
        assertFails(new SingleColumnTable(ItemKind.IN_MEMORY, declared(type)), new S(text), "is not a", "");
    }

    /** Flink counts days in an int and milliseconds in a long, and does not check for an overflow. */
    @ParameterizedTest
    @CsvSource({
        "DATE, +10000-01-01",
        "DATE, -0001-12-31",
        "DATE, +999999999-12-31",
        "TIMESTAMP, +10000-01-01T00:00:00",
        "TIMESTAMP, +999999999-12-31T23:59:59",
        "TIMESTAMP, -999999999-01-01T00:00:00",
        "LTZ, +10000-01-01T00:00:00Z",
        "LTZ, 9999-12-31T23:59:59-01:00",
        "LTZ, 0000-01-01T00:00:00+01:00",
        "LTZ, -999999999-01-01T00:00:00Z"
    })
    void aYearThatSqlDoesNotHaveFails(String type, String text) {
        assertFails(
                new SingleColumnTable(ItemKind.IN_MEMORY, declared(type)),
                new S(text),
                "of type S is a time outside the years 0000 to 9999",
                "");
    }

    @ParameterizedTest
    @CsvSource({
        "SECONDS, 0, 1970-01-01T00:00:00Z",
        "SECONDS, -1, 1969-12-31T23:59:59Z",
        "SECONDS, 1762164930, 2025-11-03T10:15:30Z",
        "SECONDS, 1.76216493E+9, 2025-11-03T10:15:30Z",
        "SECONDS, 1762164930.125, 2025-11-03T10:15:30.125Z",
        "SECONDS, -0.001, 1969-12-31T23:59:59.999Z",
        "SECONDS, -62167219200, 0000-01-01T00:00:00Z",
        "SECONDS, 253402300799.999, 9999-12-31T23:59:59.999Z",
        "MILLISECONDS, 1762164930125, 2025-11-03T10:15:30.125Z",
        "MILLISECONDS, -1, 1969-12-31T23:59:59.999Z",
        "MILLISECONDS, 1762164930125.000, 2025-11-03T10:15:30.125Z"
    })
    void aNumberIsATimeIfTheUserSaysInWhichUnit(TimestampUnit unit, String digits, Instant time) throws Exception {
        for (ItemKind kind : ItemKind.values()) {
            assertThat(sinceEpoch(kind, 3, unit).convert(new N(digits))).isEqualTo(TimestampData.fromInstant(time));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SECONDS, 253402300800, outside the years",
        "SECONDS, -62167219200.001, outside the years",
        "SECONDS, 1762164930125, outside the years",
        "SECONDS, 9.99E+125, outside the years",
        "SECONDS, 1E-130, more than 3 digits",
        "SECONDS, 1762164930.1234, more than 3 digits",
        "MILLISECONDS, 1.5, more than 3 digits",
        "MILLISECONDS, 12345678901234567890123456789012345678, outside the years",
        "MILLISECONDS, soon, no number"
    })
    void aNumberThatIsNoTimeOfSqlFails(TimestampUnit unit, String digits, String problem) {
        assertFails(sinceEpoch(ItemKind.IN_MEMORY, 3, unit), new N(digits), problem, "TIMESTAMP_LTZ(3)");
    }

    @Test
    void theUnitOfNumbersLeavesTextAndOtherTypesAlone() throws Exception {
        assertThat(sinceEpoch(ItemKind.IN_MEMORY, 9, TimestampUnit.SECONDS)
                        .convert(new S("1970-01-01T00:00:00.000000001Z")))
                .isEqualTo(TimestampData.fromEpochMillis(0, 1));
        assertThat(sinceEpoch(ItemKind.IN_MEMORY, 9, TimestampUnit.SECONDS).convert(new N("0.000000001")))
                .isEqualTo(TimestampData.fromEpochMillis(0, 1));
        assertFails(
                new SingleColumnTable(ItemKind.IN_MEMORY, DataTypes.TIMESTAMP(3), converters(TimestampUnit.SECONDS)),
                new N("0"),
                "is of type N",
                "TIMESTAMP(3)");
    }

    private static SingleColumnTable sinceEpoch(ItemKind kind, int digits, TimestampUnit unit) {
        return new SingleColumnTable(kind, DataTypes.TIMESTAMP_LTZ(digits), converters(unit));
    }

    private static AttributeConverters converters(TimestampUnit unit) {
        return new AttributeConverters(unit, ConversionFailureHandler.RETHROW);
    }

    private static DataType declared(String type) {
        return switch (type) {
            case "DATE" -> DataTypes.DATE();
            case "TIME" -> DataTypes.TIME(3);
            case "TIMESTAMP" -> DataTypes.TIMESTAMP(3);
            case "LTZ" -> DataTypes.TIMESTAMP_LTZ(3);
            default -> throw new IllegalArgumentException(type);
        };
    }

    private static void assertFails(SingleColumnTable column, AttributeValue value, String problem, String type) {
        assertThatThrownBy(() -> column.convert(value))
                .isInstanceOf(ConversionException.class)
                .hasMessageStartingWith("Attribute 'a' ")
                .hasMessageContaining(problem)
                .hasMessageContaining(type);
    }
}
