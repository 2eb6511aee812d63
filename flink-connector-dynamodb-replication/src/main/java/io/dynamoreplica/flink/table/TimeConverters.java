/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.change.AttributeType;
import io.dynamoreplica.flink.change.ItemCursor;
import io.dynamoreplica.flink.config.TimestampUnit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * The converters of dates and times: from an S in ISO 8601, and from an N as time since 1970 if the user
 * sets the unit. Only the years of SQL are accepted, 0000 to 9999, because Flink's own arithmetic overflows
 * far outside of them.
 */
final class TimeConverters {

    private static final int NANOS_PER_MILLI = 1_000_000;

    private static final int DIGITS_OF_NANOS = 9;

    /** Flink keeps a TIME in milliseconds, independent of its declared precision. */
    private static final int DIGITS_OF_TIME = 3;

    private static final int LAST_YEAR = 9999;

    /** Accepts an offset as Z, +02:00, +0200 or +02. All are ISO 8601, and all occur in practice. */
    private static final DateTimeFormatter WITH_OFFSET = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHmm", "+0000")
            .optionalEnd()
            .toFormatter();

    private TimeConverters() {}

    static AttributeConverter date(LogicalType type) {
        return value -> {
            LocalDate date = parse(value, LocalDate::parse, "a date", type);
            checkYear(date.getYear(), value.type(), type);
            return (int) date.toEpochDay();
        };
    }

    static AttributeConverter time(LogicalType type) {
        int digits = Math.min(DIGITS_OF_TIME, LogicalTypeChecks.getPrecision(type));
        return value -> {
            LocalTime time = parse(value, LocalTime::parse, "a time of day", type);
            checkFraction(time.getNano(), digits, type);
            return (int) (time.toNanoOfDay() / NANOS_PER_MILLI);
        };
    }

    static AttributeConverter timestamp(LogicalType type) {
        int digits = LogicalTypeChecks.getPrecision(type);
        return value -> {
            LocalDateTime time = parse(value, LocalDateTime::parse, "a date and time without an offset", type);
            checkYear(time.getYear(), value.type(), type);
            checkFraction(time.getNano(), digits, type);
            return TimestampData.fromLocalDateTime(time);
        };
    }

    /**
     * Makes a converter to TIMESTAMP_LTZ.
     *
     * @param unit the unit of an N; with NONE, an N does not convert
     */
    static AttributeConverter instant(LogicalType type, TimestampUnit unit) {
        int digits = LogicalTypeChecks.getPrecision(type);
        return value -> {
            if (value.type() == AttributeType.N && unit != TimestampUnit.NONE) {
                return sinceEpoch(value.text(), unit, digits, type);
            }
            Instant time = parse(value, TimeConverters::instantOf, "a date and time with an offset or Z", type);
            checkYear(time.atOffset(ZoneOffset.UTC).getYear(), value.type(), type);
            checkFraction(time.getNano(), digits, type);
            return TimestampData.fromInstant(time);
        };
    }

    private static Instant instantOf(CharSequence text) {
        return OffsetDateTime.parse(text, WITH_OFFSET).toInstant();
    }

    private static final BigDecimal FIRST_SECOND =
            BigDecimal.valueOf(Instant.parse("0000-01-01T00:00:00Z").getEpochSecond());

    private static final BigDecimal END_OF_SECONDS =
            BigDecimal.valueOf(Instant.parse("9999-12-31T23:59:59Z").getEpochSecond() + 1);

    private static TimestampData sinceEpoch(String number, TimestampUnit unit, int digits, LogicalType type)
            throws ConversionException {
        BigDecimal seconds = NumberConverters.parse(number, type);
        if (unit == TimestampUnit.MILLISECONDS) {
            seconds = seconds.movePointLeft(3);
        }
        if (seconds.compareTo(FIRST_SECOND) < 0 || seconds.compareTo(END_OF_SECONDS) >= 0) {
            throw outsideOfSql(AttributeType.N, type);
        }
        try {
            BigDecimal exact = seconds.setScale(digits, RoundingMode.UNNECESSARY);
            BigDecimal whole = exact.setScale(0, RoundingMode.FLOOR);
            int nanos = exact.subtract(whole).movePointRight(DIGITS_OF_NANOS).intValueExact();
            return TimestampData.fromInstant(Instant.ofEpochSecond(whole.longValueExact(), nanos));
        } catch (ArithmeticException roundingNeeded) {
            throw tooFine(AttributeType.N, digits, type);
        }
    }

    private static <T> T parse(ItemCursor value, Function<CharSequence, T> parser, String what, LogicalType type)
            throws ConversionException {
        if (value.type() != AttributeType.S) {
            throw ConversionException.wrongType(value.type(), type);
        }
        try {
            return parser.apply(value.text());
        } catch (DateTimeParseException e) {
            // Without the cause: its message repeats the text, which may be secret.
            throw new ConversionException(
                    "of type S is not %s in ISO 8601, which %s needs".formatted(what, type.asSummaryString()));
        }
    }

    private static void checkYear(int year, AttributeType found, LogicalType type) throws ConversionException {
        if (year < 0 || year > LAST_YEAR) {
            throw outsideOfSql(found, type);
        }
    }

    private static void checkFraction(int nanos, int digits, LogicalType type) throws ConversionException {
        int unit = 1;
        for (int digit = digits; digit < DIGITS_OF_NANOS; digit++) {
            unit *= 10;
        }
        if (nanos % unit != 0) {
            throw tooFine(AttributeType.S, digits, type);
        }
    }

    private static ConversionException tooFine(AttributeType found, int digits, LogicalType type) {
        String what = "a time with more than %d digits of a second".formatted(digits);
        return ConversionException.doesNotFit(found, what, type);
    }

    private static ConversionException outsideOfSql(AttributeType found, LogicalType type) {
        return ConversionException.doesNotFit(found, "a time outside the years 0000 to 9999", type);
    }
}
