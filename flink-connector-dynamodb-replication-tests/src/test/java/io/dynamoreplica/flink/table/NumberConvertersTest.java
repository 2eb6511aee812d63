/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.change.AttributeValue.N;
import io.dynamoreplica.flink.change.AttributeValue.S;
import io.dynamoreplica.flink.change.json.ItemKind;
import io.dynamoreplica.flink.config.TimestampUnit;
import java.math.BigDecimal;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberConvertersTest {

    /** DynamoDB Local keeps such numbers inside maps and lists. */
    @ParameterizedTest
    @CsvSource({"+5, 5", "00042, 42", ".5, 0.5", "5., 5", "-00, 0", "+01e02, 100"})
    void numbersThatAServerWritesInItsOwnWayConvertAll(String sent, String value) throws Exception {
        DataType decimal = DataTypes.DECIMAL(38, 2);
        BigDecimal expected = new BigDecimal(value).setScale(2);
        for (ItemKind kind : ItemKind.values()) {
            assertThat(number(kind, decimal, sent)).isEqualTo(DecimalData.fromBigDecimal(expected, 38, 2));
            assertThat(number(kind, DataTypes.DOUBLE(), sent)).isEqualTo(expected.doubleValue());
            if (expected.stripTrailingZeros().scale() <= 0) {
                assertThat(number(kind, DataTypes.BIGINT(), sent)).isEqualTo(expected.longValueExact());
            }
        }
    }

    /** Written without its exponent, such a number would take a gigabyte and minutes. */
    @ParameterizedTest
    @ValueSource(strings = {"1E+999999999", "1E-999999999", "-7E+2000000000", "1E-2000000000"})
    @Timeout(20)
    void aHugeExponentIsRefusedAndNeverWrittenOut(String sent) {
        AttributeConverters times =
                new AttributeConverters(TimestampUnit.MILLISECONDS, ConversionFailureHandler.RETHROW);
        for (DataType type : List.of(
                DataTypes.DECIMAL(38, 2),
                DataTypes.DECIMAL(38, 38),
                DataTypes.BIGINT(),
                DataTypes.TIMESTAMP_LTZ(3),
                DataTypes.DOUBLE())) {
            assertThatThrownBy(() -> new SingleColumnTable(ItemKind.values()[0], type, times).convert(new N(sent)))
                    .as(type.toString())
                    .isInstanceOf(ConversionException.class);
        }
    }

    private static final String DIGITS_38 = "12345678901234567890123456789012345678";

    @ParameterizedTest
    @EnumSource
    void wholeNumbersConvertUpToTheLimitsOfTheirType(ItemKind kind) throws Exception {
        assertThat(number(kind, DataTypes.TINYINT(), "-128")).isEqualTo(Byte.MIN_VALUE);
        assertThat(number(kind, DataTypes.TINYINT(), "127")).isEqualTo(Byte.MAX_VALUE);
        assertThat(number(kind, DataTypes.SMALLINT(), "-32768")).isEqualTo(Short.MIN_VALUE);
        assertThat(number(kind, DataTypes.SMALLINT(), "32767")).isEqualTo(Short.MAX_VALUE);
        assertThat(number(kind, DataTypes.INT(), "-2147483648")).isEqualTo(Integer.MIN_VALUE);
        assertThat(number(kind, DataTypes.INT(), "2147483647")).isEqualTo(Integer.MAX_VALUE);
        assertThat(number(kind, DataTypes.BIGINT(), "-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
        assertThat(number(kind, DataTypes.BIGINT(), "9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertThat(number(kind, DataTypes.BIGINT(), "-0")).isEqualTo(0L);
        assertThat(number(kind, DataTypes.INT(), "5.000")).isEqualTo(5);
        assertThat(number(kind, DataTypes.INT(), "1E+3")).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource({
        "TINYINT, 128",
        "TINYINT, -129",
        "TINYINT, 1.5",
        "TINYINT, 9.99E+125",
        "SMALLINT, 32768",
        "SMALLINT, -32769",
        "SMALLINT, 0.1",
        "SMALLINT, " + DIGITS_38,
        "INT, 2147483648",
        "INT, -2147483649",
        "INT, 1E-130",
        "INT, 2147483647.5",
        "BIGINT, 9223372036854775808",
        "BIGINT, -9223372036854775809",
        "BIGINT, 1E-130",
        "BIGINT, 9.99E+125",
        "BIGINT, " + DIGITS_38,
        "FLOAT, 3.5E+38",
        "FLOAT, -9.99E+125",
        "FLOAT, 1E-130",
        "'DECIMAL(5, 2)', 1000",
        "'DECIMAL(5, 2)', 1.005",
        "'DECIMAL(5, 2)', 1E-130",
        "'DECIMAL(38, 0)', 9.99E+125",
        "'DECIMAL(38, 1)', " + DIGITS_38
    })
    void aNumberThatWouldLoseAnythingFailsWithItsDigitsAndType(String type, String digits) {
        DataType declared = declared(type);
        for (ItemKind kind : ItemKind.values()) {
            assertThatThrownBy(() -> number(kind, declared, digits))
                    .isInstanceOf(ConversionException.class)
                    .hasMessage("Attribute 'a' of type N is the number " + digits + ", which does not fit " + type);
        }
    }

    /** DynamoDB never sends these texts, but another server may. */
    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "", "-", "--1", "1e", "1,5"})
    void whatIsNoNumberIsAPlainError(String digits) {
        for (String type : new String[] {"INT", "BIGINT", "FLOAT", "DOUBLE", "DECIMAL(5, 2)"}) {
            assertThatThrownBy(() -> number(ItemKind.IN_MEMORY, declared(type), digits))
                    .isInstanceOf(ConversionException.class)
                    .hasMessageMatching("Attribute 'a' of type N is .*, which does not fit .*");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "0.000", "-0.0", "0E+125", "-0E-130", "0E125", "00000000000000000000"})
    void zeroIsZeroHoweverItIsWritten(String digits) throws Exception {
        for (ItemKind kind : ItemKind.values()) {
            assertThat(number(kind, DataTypes.TINYINT(), digits)).isEqualTo((byte) 0);
            assertThat(number(kind, DataTypes.BIGINT(), digits)).isEqualTo(0L);
            assertThat(number(kind, DataTypes.DECIMAL(5, 2), digits)).hasToString("0.00");
            assertThat(number(kind, DataTypes.DOUBLE(), digits)).isEqualTo(0.0);
            assertThat(number(kind, DataTypes.FLOAT(), digits)).isEqualTo(0f);
            assertThat(number(kind, DataTypes.STRING(), digits)).hasToString(digits);
        }
    }

    @ParameterizedTest
    @EnumSource
    void decimalsAreExact(ItemKind kind) throws Exception {
        assertThat(number(kind, DataTypes.DECIMAL(38, 0), DIGITS_38))
                .isEqualTo(DecimalData.fromBigDecimal(new BigDecimal(DIGITS_38), 38, 0));
        assertThat(number(kind, DataTypes.DECIMAL(38, 38), "0." + DIGITS_38))
                .isEqualTo(DecimalData.fromBigDecimal(new BigDecimal("0." + DIGITS_38), 38, 38));
        assertThat(number(kind, DataTypes.DECIMAL(5, 2), "-999.99")).hasToString("-999.99");
        assertThat(number(kind, DataTypes.DECIMAL(5, 2), "1.5000")).hasToString("1.50");
        assertThat(number(kind, DataTypes.DECIMAL(5, 2), "-0")).hasToString("0.00");
        assertThat(number(kind, DataTypes.DECIMAL(5, 0), "9.99E+4")).hasToString("99900");
    }

    @ParameterizedTest
    @EnumSource
    void floatingPointNumbersAreTheNearestOnes(ItemKind kind) throws Exception {
        assertThat(number(kind, DataTypes.DOUBLE(), "9.99E+125")).isEqualTo(9.99E+125);
        assertThat(number(kind, DataTypes.DOUBLE(), "1E-130")).isEqualTo(1E-130);
        assertThat(number(kind, DataTypes.DOUBLE(), "9007199254740993")).isEqualTo(0x1p53);
        assertThat(number(kind, DataTypes.DOUBLE(), "0")).isEqualTo(0.0);
        assertThat(number(kind, DataTypes.FLOAT(), "0.1")).isEqualTo(0.1f);
        assertThat(number(kind, DataTypes.FLOAT(), "0.000")).isEqualTo(0f);
    }

    @ParameterizedTest
    @ValueSource(strings = {DIGITS_38, "1E-130", "9.99E+125", "-0", "1.50"})
    void asAStringANumberKeepsItsDigits(String digits) throws Exception {
        for (ItemKind kind : ItemKind.values()) {
            assertThat(number(kind, DataTypes.STRING(), digits)).isEqualTo(StringData.fromString(digits));
        }
    }

    @Test
    void aStringIsNoNumberWhateverItSays() {
        for (DataType type : new DataType[] {
            DataTypes.TINYINT(),
            DataTypes.SMALLINT(),
            DataTypes.INT(),
            DataTypes.BIGINT(),
            DataTypes.FLOAT(),
            DataTypes.DOUBLE(),
            DataTypes.DECIMAL(5, 2)
        }) {
            for (ItemKind kind : ItemKind.values()) {
                assertThatThrownBy(() -> new SingleColumnTable(kind, type).convert(new S("1")))
                        .hasMessage("Attribute 'a' is of type S, which does not convert to "
                                + type.getLogicalType().asSummaryString());
            }
        }
    }

    private static Object number(ItemKind kind, DataType type, String digits) throws ConversionException {
        return new SingleColumnTable(kind, type).convert(new N(digits));
    }

    private static DataType declared(String type) {
        return switch (type) {
            case "TINYINT" -> DataTypes.TINYINT();
            case "SMALLINT" -> DataTypes.SMALLINT();
            case "INT" -> DataTypes.INT();
            case "BIGINT" -> DataTypes.BIGINT();
            case "FLOAT" -> DataTypes.FLOAT();
            case "DOUBLE" -> DataTypes.DOUBLE();
            case "DECIMAL(5, 2)" -> DataTypes.DECIMAL(5, 2);
            case "DECIMAL(38, 0)" -> DataTypes.DECIMAL(38, 0);
            case "DECIMAL(38, 1)" -> DataTypes.DECIMAL(38, 1);
            default -> throw new IllegalArgumentException(type);
        };
    }
}
