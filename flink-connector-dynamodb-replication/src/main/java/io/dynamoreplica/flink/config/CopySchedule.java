/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.Always;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.annotation.Internal;

/** The times at which a table is copied again. A value without a clock. */
@Internal
public sealed interface CopySchedule extends Serializable {

    /** The schedule of a table that is copied once or not at all. */
    CopySchedule NEVER = new Never();

    /**
     * Returns the first time after the beginning of a copy at which the next copy is due. If a job
     * misses several times, they lead to one copy.
     *
     * @param begun the time at which the last copy began
     */
    Instant nextAfter(Instant begun);

    /** See {@link #NEVER}. */
    record Never() implements CopySchedule {
        @Override
        public Instant nextAfter(Instant begun) {
            throw new IllegalStateException("A table without a schedule has no next copy");
        }
    }

    /** A fixed time from the beginning of one copy to the beginning of the next. */
    record Every(Duration interval) implements CopySchedule {
        @Override
        public Instant nextAfter(Instant begun) {
            return begun.plus(interval);
        }
    }

    /**
     * Times of day: the first time, and after it a copy in each interval, through the whole day.
     *
     * @param interval must divide a day
     */
    record TimesOfDay(LocalTime first, Duration interval, ZoneId zone) implements CopySchedule {

        private static final Duration DAY = Duration.ofDays(1);
        private static final Duration HOUR = Duration.ofHours(1);

        public TimesOfDay {
            if (interval.isZero() || interval.isNegative() || DAY.toMillis() % interval.toMillis() != 0) {
                throw new IllegalArgumentException("%s does not divide a day".formatted(interval));
            }
        }

        @Override
        public Instant nextAfter(Instant begun) {
            LocalDate day = begun.atZone(zone).toLocalDate();
            // When the local clock changes, local times are not in order, so look at all nearby days.
            return Stream.of(day.minusDays(1), day, day.plusDays(1), day.plusDays(2))
                    .flatMap(this::timesOf)
                    .flatMap(this::instantsOf)
                    .filter(time -> time.isAfter(begun))
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
        }

        private Stream<LocalDateTime> timesOf(LocalDate day) {
            return Stream.iterate(Duration.ZERO, after -> after.compareTo(DAY) < 0, interval::plus)
                    .map(day.atTime(first)::plus);
        }

        /**
         * Returns the instants for a local time. With an interval of at most an hour, elapsed time
         * counts: no copy at a local time that the clock skips, two copies at a local time that
         * occurs twice. With a longer interval the local time counts: exactly one copy.
         */
        private Stream<Instant> instantsOf(LocalDateTime time) {
            return interval.compareTo(HOUR) <= 0
                    ? zone.getRules().getValidOffsets(time).stream().map(time::toInstant)
                    : Stream.of(time.atZone(zone).toInstant());
        }
    }

    /**
     * The times of a cron expression.
     *
     * @param expression five fields: minute, hour, day of month, month, day of week
     */
    record Cronned(String expression, ZoneId zone) implements CopySchedule {

        /**
         * @throws IllegalArgumentException if this is not a cron expression, or it never matches a time
         */
        public Cronned {
            if (next(parsed(expression), Instant.EPOCH.atZone(zone)).isEmpty()) {
                throw new IllegalArgumentException("'%s' never matches a time".formatted(expression));
            }
        }

        /**
         * Returns the next time at which the clock of the zone matches the expression.
         *
         * <p>If the expression names hours, a local time that the clock skips is moved later by the
         * skipped time, and a local time that occurs twice counts the first time. The library alone
         * would leave out that day (for a weekly copy, that week), or copy twice. If the expression
         * matches every hour, elapsed time counts.
         */
        @Override
        public Instant nextAfter(Instant begun) {
            Cron cron = parsed(expression);
            if (isEveryHour(cron)) {
                return next(cron, begun.atZone(zone)).orElseThrow().toInstant();
            }
            // A time that the clock skipped yesterday can still be due. UTC skips no time.
            LocalDateTime written = begun.atZone(zone).toLocalDateTime().minusDays(1);
            Instant due;
            do {
                written =
                        next(cron, written.atZone(ZoneOffset.UTC)).orElseThrow().toLocalDateTime();
                due = written.atZone(zone).toInstant();
            } while (!due.isAfter(begun));
            return due;
        }

        private static Cron parsed(String expression) {
            return new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(expression);
        }

        private static boolean isEveryHour(Cron cron) {
            return cron.retrieveFieldsAsMap().get(CronFieldName.HOUR).getExpression() instanceof Always;
        }

        private static Optional<ZonedDateTime> next(Cron cron, ZonedDateTime after) {
            return ExecutionTime.forCron(cron).nextExecution(after);
        }
    }
}
