/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.change.AttributeType;
import io.dynamoreplica.flink.change.ItemCursor;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * From S: strings, and dates and times as ISO 8601 writes them. Digits of an N are a string too.
 */
final class TextConverters {

    private static final int NANOS_PER_MILLI = 1_000_000;

    /** Flink keeps a TIME in milliseconds, whatever its declared precision. */
    private static final int TIME_DIGITS = 3;

    private TextConverters() {}

    /** CHAR takes strings of exactly its length: padding would make different strings equal. */
    static AttributeConverter string(LogicalType type) {
        int length = LogicalTypeChecks.getLength(type);
        boolean exact = type.is(LogicalTypeRoot.CHAR);
        return value -> {
            if (value.type() != AttributeType.S && value.type() != AttributeType.N) {
                throw ConversionException.mismatch(value.type(), type);
            }
            String text = value.text();
            if (exact || text.length() > length) {
                int characters = text.codePointCount(0, text.length());
                if (characters > length || exact && characters != length) {
                    throw ConversionException.misfit(
                            "a string of " + characters + " characters", type);
                }
            }
            return StringData.fromString(text);
        };
    }

    static AttributeConverter date(LogicalType type) {
        return value -> (int) parse(value, LocalDate::parse, "a date", type).toEpochDay();
    }

    static AttributeConverter time(LogicalType type) {
        int digits = Math.min(TIME_DIGITS, LogicalTypeChecks.getPrecision(type));
        return value -> {
            LocalTime time = parse(value, LocalTime::parse, "a time of day", type);
            checkFraction(time.getNano(), digits, type);
            return (int) (time.toNanoOfDay() / NANOS_PER_MILLI);
        };
    }

    static AttributeConverter timestamp(LogicalType type) {
        int digits = LogicalTypeChecks.getPrecision(type);
        return value -> {
            LocalDateTime time =
                    parse(value, LocalDateTime::parse, "a date and time without an offset", type);
            checkFraction(time.getNano(), digits, type);
            return TimestampData.fromLocalDateTime(time);
        };
    }

    static AttributeConverter instant(LogicalType type) {
        int digits = LogicalTypeChecks.getPrecision(type);
        return value -> {
            Instant time =
                    parse(value, OffsetDateTime::parse, "a date and time with an offset or Z", type)
                            .toInstant();
            checkFraction(time.getNano(), digits, type);
            return TimestampData.fromInstant(time);
        };
    }

    private static <T> T parse(
            ItemCursor value, Function<CharSequence, T> parser, String what, LogicalType type)
            throws ConversionException {
        if (value.type() != AttributeType.S) {
            throw ConversionException.mismatch(value.type(), type);
        }
        try {
            return parser.apply(value.text());
        } catch (DateTimeParseException e) {
            // Without the cause, whose message repeats the text.
            throw new ConversionException(
                    "is a string but not "
                            + what
                            + " in ISO 8601, as "
                            + type.asSummaryString()
                            + " needs");
        }
    }

    private static void checkFraction(int nanos, int digits, LogicalType type)
            throws ConversionException {
        int unit = 1;
        for (int digit = digits; digit < 9; digit++) {
            unit *= 10;
        }
        if (nanos % unit != 0) {
            throw ConversionException.misfit(
                    "a time with more than " + digits + " digits of a second", type);
        }
    }
}
