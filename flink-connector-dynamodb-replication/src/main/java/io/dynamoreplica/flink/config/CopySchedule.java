/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** When a table is copied again. A value; knows no clock. */
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

        public TimesOfDay {
            if (interval.isZero()
                    || interval.isNegative()
                    || DAY.toMillis() % interval.toMillis() != 0) {
                throw new IllegalArgumentException(interval + " does not divide a day");
            }
        }

        @Override
        public Instant nextAfter(Instant begun) {
            LocalDate day = begun.atZone(zone).toLocalDate().minusDays(1);
            while (true) {
                for (Duration after = Duration.ZERO;
                        after.compareTo(DAY) < 0;
                        after = after.plus(interval)) {
                    Instant time = day.atTime(first).plus(after).atZone(zone).toInstant();
                    if (time.isAfter(begun)) {
                        return time;
                    }
                }
                day = day.plusDays(1);
            }
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
            if (next(expression, Instant.EPOCH.atZone(zone)) == null) {
                throw new IllegalArgumentException("'" + expression + "' names no time");
            }
        }

        @Override
        public Instant nextAfter(Instant begun) {
            return next(expression, begun.atZone(zone)).toInstant();
        }

        private static ZonedDateTime next(String expression, ZonedDateTime after) {
            Cron cron =
                    new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
                            .parse(expression);
            return ExecutionTime.forCron(cron).nextExecution(after).orElse(null);
        }
    }
}
