/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import io.dynamoreplica.flink.config.CopySchedule.Cronned;
import io.dynamoreplica.flink.config.CopySchedule.Every;
import io.dynamoreplica.flink.config.CopySchedule.TimesOfDay;
import io.dynamoreplica.flink.policy.StartupMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.IllegalConfigurationException;

/** The parser of the options for the schedule of copies. It refuses combinations without a meaning. */
final class CopyScheduleParser {

    /** Chosen: a small table is copied within a second, but each copy waits for two checkpoints. */
    static final Duration SHORTEST = Duration.ofSeconds(10);

    static final Duration LONGEST = Duration.ofDays(366);

    private static final Duration DAY = Duration.ofDays(1);

    private static final List<ConfigOption<?>> OPTIONS = List.of(
            ReplicationOptions.FULL_TABLE_INTERVAL,
            ReplicationOptions.FULL_TABLE_TIME_OF_DAY,
            ReplicationOptions.FULL_TABLE_CRON,
            ReplicationOptions.FULL_TABLE_TIME_ZONE);

    private final OptionReader reader;

    CopyScheduleParser(OptionReader reader) {
        this.reader = reader;
    }

    CopySchedule parse(StartupMode startup) {
        if (startup != StartupMode.FULL_TABLE) {
            OPTIONS.stream().filter(reader::isSet).findFirst().ifPresent(this::refuseUnused);
            return CopySchedule.NEVER;
        }
        Optional<String> cron = reader.text(ReplicationOptions.FULL_TABLE_CRON);
        Optional<String> timeOfDay = reader.text(ReplicationOptions.FULL_TABLE_TIME_OF_DAY);
        boolean interval = reader.isSet(ReplicationOptions.FULL_TABLE_INTERVAL);
        if (cron.isPresent() && (interval || timeOfDay.isPresent())) {
            throw moreThanCron();
        }
        if (cron.isPresent()) {
            return cron(cron.get());
        }
        if (timeOfDay.isPresent()) {
            return timesOfDay(interval ? interval() : DAY);
        }
        if (interval) {
            refuseTimeZone();
            return new Every(interval());
        }
        throw noSchedule();
    }

    private static IllegalConfigurationException moreThanCron() {
        String message =
                """
                Option '%s' is a whole schedule and does not go with '%s' or '%s'. Remove these, or remove '%s'.""";
        return new IllegalConfigurationException(message.formatted(
                ReplicationOptions.FULL_TABLE_CRON.key(),
                ReplicationOptions.FULL_TABLE_INTERVAL.key(),
                ReplicationOptions.FULL_TABLE_TIME_OF_DAY.key(),
                ReplicationOptions.FULL_TABLE_CRON.key()));
    }

    private static IllegalConfigurationException noSchedule() {
        String message =
                """
                '%s' = '%s' needs a schedule, and none is set. Set one of '%s', '%s' and '%s'. To copy once, set \
                '%s' = '%s'.""";
        return new IllegalConfigurationException(message.formatted(
                StartupMode.OPTION,
                StartupMode.FULL_TABLE,
                ReplicationOptions.FULL_TABLE_INTERVAL.key(),
                ReplicationOptions.FULL_TABLE_TIME_OF_DAY.key(),
                ReplicationOptions.FULL_TABLE_CRON.key(),
                StartupMode.OPTION,
                StartupMode.SNAPSHOT));
    }

    /** Refuses a time zone for an interval: it counts from the last copy, so it is the same in every zone. */
    private void refuseTimeZone() {
        if (reader.isSet(ReplicationOptions.FULL_TABLE_TIME_ZONE)) {
            String message =
                    """
                    Option '%s' has an effect only with '%s' or '%s', because '%s' alone counts from the beginning \
                    of the last copy. Set one of them, or remove the time zone.""";
            throw new IllegalConfigurationException(message.formatted(
                    ReplicationOptions.FULL_TABLE_TIME_ZONE.key(),
                    ReplicationOptions.FULL_TABLE_TIME_OF_DAY.key(),
                    ReplicationOptions.FULL_TABLE_CRON.key(),
                    ReplicationOptions.FULL_TABLE_INTERVAL.key()));
        }
    }

    private void refuseUnused(ConfigOption<?> option) {
        throw new IllegalConfigurationException(
                "Option '%s' has an effect only with '%s' = '%s'. Set that, or remove the option."
                        .formatted(option.key(), StartupMode.OPTION, StartupMode.FULL_TABLE));
    }

    private Duration interval() {
        Duration interval = reader.config()
                .getOptional(ReplicationOptions.FULL_TABLE_INTERVAL)
                .orElseThrow();
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw reader.illegal(ReplicationOptions.FULL_TABLE_INTERVAL, "a duration from 10 s to 366 d");
        }
        return interval;
    }

    private CopySchedule timesOfDay(Duration interval) {
        LocalTime first;
        try {
            first = LocalTime.parse(
                    reader.text(ReplicationOptions.FULL_TABLE_TIME_OF_DAY).orElseThrow());
        } catch (DateTimeException noTime) {
            throw reader.illegal(ReplicationOptions.FULL_TABLE_TIME_OF_DAY, "a time such as '02:30'");
        }
        if (interval.compareTo(DAY) > 0 || DAY.toMillis() % interval.toMillis() != 0) {
            throw reader.illegal(
                    ReplicationOptions.FULL_TABLE_INTERVAL,
                    "a duration that divides a day, such as '6 h', because '%s' is set"
                            .formatted(ReplicationOptions.FULL_TABLE_TIME_OF_DAY.key()));
        }
        return new TimesOfDay(first, interval, zone());
    }

    private CopySchedule cron(String expression) {
        try {
            return new Cronned(expression, zone());
        } catch (IllegalArgumentException noCron) {
            IllegalConfigurationException refusal = reader.illegal(
                    ReplicationOptions.FULL_TABLE_CRON,
                    "five fields, such as '30 2 * * *' for half past two every day");
            throw new IllegalConfigurationException("%s %s".formatted(refusal.getMessage(), noCron.getMessage()));
        }
    }

    private ZoneId zone() {
        String zone = reader.value(ReplicationOptions.FULL_TABLE_TIME_ZONE);
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException noZone) {
            throw reader.illegal(ReplicationOptions.FULL_TABLE_TIME_ZONE, "a zone such as 'UTC' or 'Europe/Berlin'");
        }
    }
}
