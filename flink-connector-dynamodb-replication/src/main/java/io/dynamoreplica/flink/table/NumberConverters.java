/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.change.AttributeType;
import io.dynamoreplica.flink.change.ItemCursor;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.Function;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * The converters of N. A whole or decimal number converts exactly or fails. A floating point number is the
 * nearest one. It is never infinite, and it is zero only if the number is zero. It is never negative zero,
 * which DynamoDB does not have.
 */
final class NumberConverters {

    /** Every number with this many characters, its sign included, fits into a long. */
    private static final int DIGITS_OF_EVERY_LONG = 18;

    /**
     * The largest scale that is accepted. DynamoDB's numbers have 38 digits and range from 1E-130 to
     * 9.99E+125. Another server may send 1E+999999999, which needs a gigabyte without its exponent.
     */
    private static final int FARTHEST_SCALE = 1_000;

    private NumberConverters() {}

    static AttributeConverter tinyInt(LogicalType type) {
        return value -> (byte) whole(value, type, Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    static AttributeConverter smallInt(LogicalType type) {
        return value -> (short) whole(value, type, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    static AttributeConverter integer(LogicalType type) {
        return value -> (int) whole(value, type, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    static AttributeConverter bigInt(LogicalType type) {
        return value -> whole(value, type, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    static AttributeConverter singlePrecision(LogicalType type) {
        return value -> {
            String digits = digits(value, type);
            float nearest = nearest(digits, type, Float::parseFloat);
            if (!Float.isFinite(nearest) || nearest == 0 && parse(digits, type).signum() != 0) {
                throw doesNotFit(digits, type);
            }
            return nearest == 0 ? 0f : nearest;
        };
    }

    static AttributeConverter doublePrecision(LogicalType type) {
        return value -> {
            String digits = digits(value, type);
            double nearest = nearest(digits, type, Double::parseDouble);
            if (!Double.isFinite(nearest) || nearest == 0 && parse(digits, type).signum() != 0) {
                throw doesNotFit(digits, type);
            }
            return nearest == 0 ? 0d : nearest;
        };
    }

    private static <T> T nearest(String digits, LogicalType type, Function<String, T> parser)
            throws ConversionException {
        try {
            return parser.apply(digits);
        } catch (NumberFormatException e) {
            throw noNumber(type);
        }
    }

    static AttributeConverter decimal(DecimalType type) {
        int precision = type.getPrecision();
        int scale = type.getScale();
        return value -> {
            String digits = digits(value, type);
            try {
                BigDecimal exact = parse(digits, type).setScale(scale, RoundingMode.UNNECESSARY);
                if (exact.precision() <= precision) {
                    return DecimalData.fromBigDecimal(exact, precision, scale);
                }
            } catch (ArithmeticException roundingNeeded) {
                // Handled below, like too many digits before the point.
            }
            throw doesNotFit(digits, type);
        };
    }

    private static long whole(ItemCursor value, LogicalType type, long least, long most) throws ConversionException {
        String digits = digits(value, type);
        try {
            long whole = parseWhole(digits, type);
            if (whole >= least && whole <= most) {
                return whole;
            }
        } catch (ArithmeticException fractionOrOverflow) {
            // Handled below, like a whole number that is out of range.
        }
        throw doesNotFit(digits, type);
    }

    /** Parses a plain number directly as a long, and a number such as 1E+3 or 5.0 as a decimal first. */
    private static long parseWhole(String digits, LogicalType type) throws ConversionException {
        if (digits.length() <= DIGITS_OF_EVERY_LONG && isPlain(digits)) {
            return Long.parseLong(digits);
        }
        return parse(digits, type).longValueExact();
    }

    /** Returns whether the text is only decimal digits after an optional minus. */
    private static boolean isPlain(String digits) {
        int first = digits.startsWith("-") ? 1 : 0;
        for (int i = first; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return false;
            }
        }
        return digits.length() > first;
    }

    /**
     * Returns the exact number. Its exponent is so small that a calculation does not need much memory.
     *
     * @throws ConversionException if the text is no number, or if its exponent is far out of DynamoDB's range
     */
    static BigDecimal parse(String digits, LogicalType type) throws ConversionException {
        try {
            BigDecimal number = new BigDecimal(digits);
            if (number.signum() == 0) {
                return BigDecimal.ZERO;
            }
            if (Math.abs((long) number.scale()) > FARTHEST_SCALE) {
                throw doesNotFit(digits, type);
            }
            return number;
        } catch (NumberFormatException e) {
            throw noNumber(type);
        }
    }

    /** DynamoDB itself never sends such a text. It can be anything, so the message does not show it. */
    private static ConversionException noNumber(LogicalType type) {
        return ConversionException.doesNotFit(AttributeType.N, "no number", type);
    }

    private static ConversionException doesNotFit(String digits, LogicalType type) {
        return ConversionException.doesNotFit(AttributeType.N, "the number " + digits, type);
    }

    private static String digits(ItemCursor value, LogicalType type) throws ConversionException {
        if (value.type() != AttributeType.N) {
            throw ConversionException.wrongType(value.type(), type);
        }
        return value.text();
    }
}
