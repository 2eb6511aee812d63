/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.change.AttributeType;
import io.dynamoreplica.flink.change.ItemCursor;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * From N. Whole and decimal numbers convert exactly or fail. Floating point numbers are the nearest
 * ones, which is what they are for, but never infinite, and zero only for zero.
 */
final class NumberConverters {

    /** Any number of so many characters fits a long, sign included. */
    private static final int DIGITS_OF_EVERY_LONG = 18;

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
            float nearest = Float.parseFloat(digits);
            if (Float.isInfinite(nearest) || nearest == 0 && !isZero(digits)) {
                throw ConversionException.misfit("the number " + digits, type);
            }
            return nearest;
        };
    }

    static AttributeConverter doublePrecision(LogicalType type) {
        return value -> {
            String digits = digits(value, type);
            double nearest = Double.parseDouble(digits);
            if (Double.isInfinite(nearest) || nearest == 0 && !isZero(digits)) {
                throw ConversionException.misfit("the number " + digits, type);
            }
            return nearest;
        };
    }

    static AttributeConverter decimal(DecimalType type) {
        int precision = type.getPrecision();
        int scale = type.getScale();
        return value -> {
            String digits = digits(value, type);
            try {
                BigDecimal exact = new BigDecimal(digits).setScale(scale, RoundingMode.UNNECESSARY);
                if (exact.precision() <= precision) {
                    return DecimalData.fromBigDecimal(exact, precision, scale);
                }
            } catch (ArithmeticException roundingNeeded) {
                // As with too many digits before the point.
            }
            throw ConversionException.misfit("the number " + digits, type);
        };
    }

    private static long whole(ItemCursor value, LogicalType type, long least, long most)
            throws ConversionException {
        String digits = digits(value, type);
        try {
            long whole = parseWhole(digits);
            if (whole >= least && whole <= most) {
                return whole;
            }
        } catch (ArithmeticException fractionOrOverflow) {
            // As with a whole number that is out of range.
        }
        throw ConversionException.misfit("the number " + digits, type);
    }

    /** Parses the usual number as a long at once, and 1E+3 or 5.0 by way of a decimal. */
    private static long parseWhole(String digits) {
        if (digits.length() <= DIGITS_OF_EVERY_LONG
                && digits.indexOf('.') < 0
                && digits.indexOf('E') < 0
                && digits.indexOf('e') < 0) {
            return Long.parseLong(digits);
        }
        return new BigDecimal(digits).longValueExact();
    }

    private static boolean isZero(String digits) {
        return new BigDecimal(digits).signum() == 0;
    }

    private static String digits(ItemCursor value, LogicalType type) throws ConversionException {
        if (value.type() != AttributeType.N) {
            throw ConversionException.mismatch(value.type(), type);
        }
        return value.text();
    }
}
