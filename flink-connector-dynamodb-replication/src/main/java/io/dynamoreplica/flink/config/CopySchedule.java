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
import org.apache.flink.annotation.PublicEvolving;

/** When a table is copied again. A value; knows no clock. */
@PublicEvolving
public sealed interface CopySchedule extends Serializable {

    CopySchedule NEVER = new Never();

    /**
     * The first time after a copy was begun at which the next one is due. Times that were missed
     * meanwhile are one.
     */
    Instant nextAfter(Instant begun);

    /** Of a table that is copied once or not at all. */
    record Never() implements CopySchedule {
        @Override
        public Instant nextAfter(Instant begun) {
            throw new IllegalStateException("A table without a schedule is not copied again");
        }
    }

    /** So long after the beginning of the last copy. */
    record Every(Duration interval) implements CopySchedule {
        @Override
        public Instant nextAfter(Instant begun) {
            return begun.plus(interval);
        }
    }

    /**
     * At a time of day, and again after each interval until midnight would come around to it.
     *
     * @param interval divides a day
     */
    record TimesOfDay(LocalTime first, Duration interval, ZoneId zone) implements CopySchedule {

        private static final Duration DAY = Duration.ofDays(1);
        private static final Duration HOUR = Duration.ofHours(1);

        public TimesOfDay {
            if (interval.isZero() || interval.isNegative() || DAY.toMillis() % interval.toMillis() != 0) {
                throw new IllegalArgumentException(interval + " does not divide a day");
            }
        }

        @Override
        public Instant nextAfter(Instant begun) {
            LocalDate day = begun.atZone(zone).toLocalDate();
            // Shown times are not in order where the clock changes, so look at all around.
            return Stream.of(day.minusDays(1), day, day.plusDays(1), day.plusDays(2))
                    .flatMap(this::timesOf)
                    .flatMap(this::shown)
                    .filter(time -> time.isAfter(begun))
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
        }

        private Stream<LocalDateTime> timesOf(LocalDate day) {
            return Stream.iterate(Duration.ZERO, after -> after.compareTo(DAY) < 0, interval::plus)
                    .map(day.atTime(first)::plus);
        }

        /**
         * Within the hour copies go by time as it passes: none at what the clock skips, two at what
         * it shows twice. Longer intervals go by what is written on the clock.
         */
        private Stream<Instant> shown(LocalDateTime time) {
            return interval.compareTo(HOUR) <= 0
                    ? zone.getRules().getValidOffsets(time).stream().map(time::toInstant)
                    : Stream.of(time.atZone(zone).toInstant());
        }
    }

    /**
     * As a cron table says.
     *
     * @param expression five fields: minute, hour, day of month, month, day of week
     */
    record Cronned(String expression, ZoneId zone) implements CopySchedule {

        /**
         * @throws IllegalArgumentException if the expression is none, or names no time that comes
         */
        public Cronned {
            if (next(parsed(expression), Instant.EPOCH.atZone(zone)).isEmpty()) {
                throw new IllegalArgumentException("'" + expression + "' names no time");
            }
        }

        /**
         * With hours that are named, one that the clock skips is taken as much later, and one that
         * it shows twice is taken the first time. The library alone would leave out the day (of a
         * weekly copy, the week), and copy twice. With every hour, time goes on as it passes.
         */
        @Override
        public Instant nextAfter(Instant begun) {
            Cron cron = parsed(expression);
            if (isEveryHour(cron)) {
                return next(cron, begun.atZone(zone)).orElseThrow().toInstant();
            }
            // What the clock skipped yesterday may be due yet. UTC skips nothing.
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
