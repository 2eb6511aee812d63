/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CopyScheduleTest {

    @Test
    void anIntervalCountsFromTheBeginningOfTheLastCopy() {
        assertNext(Map.of("interval", "90 min"), "2025-03-01T10:00:00Z", "2025-03-01T11:30:00Z");
    }

    @Test
    void theShortestIntervalIsTenSeconds() {
        assertNext(Map.of("interval", "10 s"), "2025-03-01T10:00:00Z", "2025-03-01T10:00:10Z");
        assertNext(
                Map.of("time-of-day", "00:00:05", "interval", "10 s"), "2025-03-01T10:00:05Z", "2025-03-01T10:00:15Z");
    }

    @ParameterizedTest
    @CsvSource({
        "2025-03-01T10:00:00Z, 2025-03-02T02:30:00Z",
        "2025-03-02T02:29:59Z, 2025-03-02T02:30:00Z",
        "2025-03-02T02:30:00Z, 2025-03-03T02:30:00Z"
    })
    void aTimeOfDayComesOnceADay(String begun, String next) {
        assertNext(Map.of("time-of-day", "02:30"), begun, next);
    }

    @ParameterizedTest
    @CsvSource({
        "2025-03-01T02:00:00Z, 2025-03-01T02:30:00Z",
        "2025-03-01T02:30:00Z, 2025-03-01T10:30:00Z",
        "2025-03-01T18:30:01Z, 2025-03-02T02:30:00Z",
        "2025-03-01T00:00:00Z, 2025-03-01T02:30:00Z"
    })
    void anIntervalIsAnchoredAtATimeOfDay(String begun, String next) {
        assertNext(Map.of("time-of-day", "02:30", "interval", "8 h"), begun, next);
    }

    /** In Berlin the clock goes from 2 to 3 on 30 March 2025, and from 3 to 2 on 26 October. */
    @ParameterizedTest
    @CsvSource({
        "2025-03-29T02:00:00Z, 2025-03-30T01:30:00Z",
        "2025-03-30T02:00:00Z, 2025-03-31T00:30:00Z",
        "2025-10-25T12:00:00Z, 2025-10-26T00:30:00Z",
        "2025-10-26T00:30:00Z, 2025-10-27T01:30:00Z"
    })
    void aTimeOfDayIsThatOfItsZoneAlsoWhenTheClockChanges(String begun, String next) {
        assertNext(Map.of("time-of-day", "02:30", "time-zone", "Europe/Berlin"), begun, next);
    }

    @ParameterizedTest
    @CsvSource({
        "30 2 * * *, UTC, 2025-03-01T10:00:00Z, 2025-03-02T02:30:00Z",
        "0 6 * * 1, Europe/Berlin, 2025-03-01T10:00:00Z, 2025-03-03T05:00:00Z",
        "*/20 * * * *, UTC, 2025-03-01T10:01:00Z, 2025-03-01T10:20:00Z"
    })
    void cronNamesTimesInItsZone(String cron, String zone, String begun, String next) {
        assertNext(Map.of("cron", cron, "time-zone", zone), begun, next);
    }

    /**
     * In Berlin, the clock skips 02:30 on 30 March 2025. On 26 October, 02:30 is at 00:30 and at 01:30
     * UTC. The first two cases of each day are of a copy that begins some seconds late, like all copies.
     */
    @ParameterizedTest
    @CsvSource({
        "30 2 * * *,     2025-03-29T01:30:02Z, 2025-03-30T01:30:00Z",
        "30 2 * * *,     2025-03-30T01:30:02Z, 2025-03-31T00:30:00Z",
        "30 2 * * *,     2025-03-30T01:00:00Z, 2025-03-30T01:30:00Z",
        "30 2 * * 7,     2025-03-23T01:30:02Z, 2025-03-30T01:30:00Z",
        "30 2 * * *,     2025-10-25T00:30:02Z, 2025-10-26T00:30:00Z",
        "30 2 * * *,     2025-10-26T00:30:02Z, 2025-10-27T01:30:00Z",
        "30 2 * * *,     2025-10-26T01:10:00Z, 2025-10-27T01:30:00Z",
        "'15,45 2 * * *', 2025-10-26T00:45:02Z, 2025-10-27T01:15:00Z",
        "'15,45 2 * * *', 2025-03-29T12:00:00Z, 2025-03-30T01:15:00Z",
        "'15,45 2 * * *', 2025-03-30T01:15:02Z, 2025-03-30T01:45:00Z",
        "0 3 * * *,      2025-03-29T02:00:02Z, 2025-03-30T01:00:00Z",
        "0 3 * * *,      2025-10-25T01:00:02Z, 2025-10-26T02:00:00Z"
    })
    void anHourThatCronNamesIsCopiedOnceADayAlsoWhenTheClockChanges(String cron, String begun, String next) {
        assertNext(Map.of("cron", cron, "time-zone", "Europe/Berlin"), begun, next);
    }

    /** In London, the hour that occurs twice has the offset of UTC the second time. */
    @ParameterizedTest
    @CsvSource({"2025-10-25T00:30:02Z, 2025-10-26T00:30:00Z", "2025-10-26T00:30:02Z, 2025-10-27T01:30:00Z"})
    void soItIsInLondon(String begun, String next) {
        assertNext(Map.of("cron", "30 1 * * *", "time-zone", "Europe/London"), begun, next);
        assertNext(Map.of("time-of-day", "01:30", "time-zone", "Europe/London"), begun, next);
    }

    @ParameterizedTest
    @CsvSource({
        "2025-03-30T00:40:02Z, 2025-03-30T01:00:00Z",
        "2025-03-30T01:40:02Z, 2025-03-30T02:00:00Z",
        "2025-10-26T00:40:02Z, 2025-10-26T01:00:00Z",
        "2025-10-26T01:40:02Z, 2025-10-26T02:00:00Z"
    })
    void withinTheHourCopiesGoOnThroughAChangeOfTheClock(String begun, String next) {
        assertNext(Map.of("cron", "*/20 * * * *", "time-zone", "Europe/Berlin"), begun, next);
        assertNext(
                Map.of(
                        "time-of-day", "05:40",
                        "interval", "20 min",
                        "time-zone", "Europe/Berlin"),
                begun,
                next);
    }

    /** When the clock changes, there are 23 or 25 hours from noon to noon. */
    @ParameterizedTest
    @CsvSource({"2025-03-29T11:00:00Z, 23", "2025-10-25T10:00:00Z, 25"})
    void anEveryHourScheduleLeavesOutNoneAndRepeatsNone(String noon, int hours) {
        CopySchedule cron = parsed(Map.of("cron", "0 * * * *", "time-zone", "Europe/Berlin"));
        CopySchedule anchored = parsed(Map.of(
                "time-of-day", "00:00",
                "interval", "1 h",
                "time-zone", "Europe/Berlin"));
        Instant begun = Instant.parse(noon);
        for (int hour = 1; hour <= hours; hour++) {
            Instant next = Instant.parse(noon).plus(Duration.ofHours(hour));
            assertThat(cron.nextAfter(begun)).isEqualTo(next);
            assertThat(anchored.nextAfter(begun)).isEqualTo(next);
            begun = next;
        }
    }

    @Test
    void timesThatWereMissedAreOne() {
        CopySchedule hourly = parsed(Map.of("interval", "1 h"));
        Instant begun = Instant.parse("2025-03-01T10:00:00Z");
        assertThat(hourly.nextAfter(begun)).isEqualTo("2025-03-01T11:00:00Z");
        assertThat(hourly.nextAfter(Instant.parse("2025-03-05T17:12:00Z")))
                .as("counted from the copy that made up for them")
                .isEqualTo("2025-03-05T18:12:00Z");
    }

    @Test
    void whatContradictsItselfOrMakesNoSenseIsRefusedByName() {
        assertRefused(
                Map.of(),
                "scan.full-table.interval",
                "none is set",
                "To copy once, set 'scan.startup.mode' = 'snapshot'");
        assertRefused(Map.of("cron", "30 2 * * *", "interval", "1 h"), "is a whole schedule");
        assertRefused(Map.of("cron", "soon"), "scan.full-table.cron", "soon", "five fields");
        assertRefused(Map.of("cron", "0 0 31 2 *"), "scan.full-table.cron");
        assertRefused(Map.of("time-of-day", "25:00"), "time-of-day", "'02:30'");
        assertRefused(Map.of("time-of-day", "02:30", "interval", "7 h"), "a duration that divides a day");
        assertRefused(Map.of("interval", "9 s"), "a duration from 10 s to 366 d");
        assertRefused(Map.of("interval", "367 d"), "a duration from 10 s to 366 d");
        assertRefused(Map.of("time-of-day", "02:30", "time-zone", "Europe/Atlantis"), "Europe/Berlin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "Europe/Atlantis"})
    void aTimeZoneBesideAnIntervalAloneIsRefusedBeItOneOrNot(String zone) {
        assertRefused(
                Map.of("interval", "1 h", "time-zone", zone),
                "'scan.full-table.time-zone' has an effect only with",
                "'scan.full-table.time-of-day' or 'scan.full-table.cron'");
        assertRefused(Map.of("time-zone", zone), "none is set");
    }

    @Test
    void aScheduleForATableThatIsNotCopiedAgainIsRefused() {
        Map<String, String> options = new HashMap<>(options(Map.of("interval", "1 h")));
        options.put("scan.startup.mode", "initial");
        assertThatThrownBy(() -> ReplicationConfigParser.parse(options, List.of()))
                .isInstanceOf(IllegalConfigurationException.class)
                .hasMessageContainingAll("orders", "scan.full-table.interval", "full-table");
    }

    private static void assertNext(Map<String, String> schedule, String begun, String next) {
        assertThat(parsed(schedule).nextAfter(Instant.parse(begun))).isEqualTo(next);
    }

    private static void assertRefused(Map<String, String> schedule, String... message) {
        assertThatThrownBy(() -> parsed(schedule))
                .isInstanceOf(IllegalConfigurationException.class)
                .hasMessageContaining("Table orders")
                .hasMessageContainingAll(message);
    }

    private static CopySchedule parsed(Map<String, String> schedule) {
        return ReplicationConfigParser.parse(options(schedule), List.of())
                .table("orders")
                .schedule();
    }

    private static Map<String, String> options(Map<String, String> schedule) {
        Map<String, String> options = new HashMap<>();
        options.put("table-name", "orders");
        options.put("aws.region", "eu-central-1");
        options.put("scan.startup.mode", "full-table");
        schedule.forEach((key, value) -> options.put("scan.full-table." + key, value));
        return options;
    }
}
