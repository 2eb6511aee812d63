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
 * From N. Whole and decimal numbers convert exactly or fail. Floating point numbers are the nearest
 * ones, which is what they are for, but never infinite, and zero only for zero; DynamoDB has no
 * negative zero, so neither have we.
 */
final class NumberConverters {

    /** Any number of so many characters fits a long, sign included. */
    private static final int DIGITS_OF_EVERY_LONG = 18;

    /**
     * DynamoDB's numbers reach from 1E-130 to 9.99E+125 with 38 digits. Another server may send
     * 1E+999999999, which takes a gigabyte when it is written out.
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
                // As with too many digits before the point.
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
            // As with a whole number that is out of range.
        }
        throw doesNotFit(digits, type);
    }

    /** Parses the usual number as a long at once, and 1E+3 or 5.0 by way of a decimal. */
    private static long parseWhole(String digits, LogicalType type) throws ConversionException {
        if (digits.length() <= DIGITS_OF_EVERY_LONG && isPlain(digits)) {
            return Long.parseLong(digits);
        }
        return parse(digits, type).longValueExact();
    }

    /** Whether there is nothing but decimal digits, and a minus before them perhaps. */
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
     * Exact, and small enough in its exponent that whoever calculates with it expands nothing.
     *
     * @throws ConversionException if it is no number, or one far from all that DynamoDB holds
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

    /**
     * Nothing that DynamoDB itself sends; what is sent instead may be anything, so is not shown.
     */
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
