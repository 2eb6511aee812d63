/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.DynamoDbReplicationSourceBuilder;
import io.dynamoreplica.flink.ReplicatedTables;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.service.aws.AwsDynamoDbServiceFactory;
import io.dynamoreplica.flink.testing.DynamoDbLocalExtension;
import io.dynamoreplica.flink.testing.Eventually;
import io.dynamoreplica.flink.testing.job.CopyLog;
import io.dynamoreplica.flink.testing.job.CopyLog.What;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.LocalTable;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.java.tuple.Tuple3;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tests of scheduled copies of tables without a stream in DynamoDB Local. An epoch's number is the second in which
 * its copy begins. Therefore it shows whether the copy began in time.
 *
 * <p>Schedules follow the clock, so these tests wait for it. One job with a time of day and a cron expression runs
 * beside all of them.
 */
class ScheduledCopiesIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    @RegisterExtension
    static final DynamoDbLocalExtension DYNAMODB = new DynamoDbLocalExtension();

    private static final String BY_INTERVAL = "by-interval";
    private static final String BY_TIME_OF_DAY = "by-time-of-day";
    private static final String BY_CRON = "by-cron";

    private static final int ITEMS = 20;
    private static final int INTERVAL = 10;

    /** Seconds after the due time: enough for two checkpoints and a call on a busy machine. */
    private static final int AT_ONCE = 20;

    /** It takes up to a minute until the due time. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** UTC+8:45. */
    private static final ZoneId EUCLA = ZoneId.of("Australia/Eucla");

    private static final CopyLog LOG = new CopyLog();

    private static Instant timeOfDay;
    private static RunningJob byTheClock;

    @BeforeAll
    static void startJobByTheClock() throws Exception {
        load(BY_TIME_OF_DAY);
        load(BY_CRON);
        timeOfDay = Instant.now().plusSeconds(30).truncatedTo(ChronoUnit.SECONDS);
        byTheClock = job().start(LOG.behind(
                source().table(BY_TIME_OF_DAY, onceADay(timeOfDay)).table(BY_CRON, everyMinute())));
    }

    @AfterAll
    static void stop() throws Exception {
        if (byTheClock != null) {
            byTheClock.close();
        }
        LOG.close();
    }

    @Test
    void timesThatAStoppedJobMissedAreTakenOnceAndTheNextCopyKeepsItsOwnTime() throws Exception {
        load(BY_INTERVAL);
        String savepoint;
        try (RunningJob job = job().start(LOG.behind(byInterval()))) {
            job.until("the first copy has ended", () -> LOG.ended(BY_INTERVAL).size() == 1);
            savepoint = job.stopWithSavepoint();
        }
        long first = LOG.begun(BY_INTERVAL).get(0);
        Eventually.holds("two copies are missed", () -> Instant.now().getEpochSecond() > first + 2 * INTERVAL);
        long resumed = Instant.now().getEpochSecond();

        try (RunningJob job = job().resume(LOG.behind(byInterval()), savepoint)) {
            job.until("two more have ended", () -> LOG.ended(BY_INTERVAL).size() == 3);
        }

        List<Long> epochs = LOG.begun(BY_INTERVAL);
        assertThat(epochs).hasSize(3);
        assertThat(epochs.get(1)).isBetween(resumed, resumed + AT_ONCE);
        assertThat(epochs.get(2) - epochs.get(1)).isBetween((long) INTERVAL, (long) INTERVAL + AT_ONCE);
        assertThatEachCopyIsWholeAndOneFollowsTheOther(BY_INTERVAL);
    }

    @Test
    void aCopyIsAnchoredAtATimeOfDayInATimeZone() {
        byTheClock.until(
                "the second copy", LIMIT, () -> LOG.ended(BY_TIME_OF_DAY).size() == 2);
        List<Long> epochs = LOG.begun(BY_TIME_OF_DAY);
        long due = timeOfDay.getEpochSecond();
        assertThat(epochs).hasSize(2);
        assertThat(epochs.get(0)).as("begun with the job").isLessThan(due);
        assertThat(epochs.get(1)).isBetween(due, due + AT_ONCE);
        assertThatEachCopyIsWholeAndOneFollowsTheOther(BY_TIME_OF_DAY);
    }

    @Test
    void aCopyBeginsWhenTheMinuteBeginsThatCronNames() {
        byTheClock.until("the second copy", LIMIT, () -> LOG.ended(BY_CRON).size() >= 2);
        List<Long> epochs = LOG.begun(BY_CRON);
        long due = (epochs.get(0) / 60 + 1) * 60;
        assertThat(epochs.get(1)).isBetween(due, due + AT_ONCE);
        assertThatEachCopyIsWholeAndOneFollowsTheOther(BY_CRON);
    }

    private static void assertThatEachCopyIsWholeAndOneFollowsTheOther(String table) {
        assertThat(LOG.overlaps(table)).isEmpty();
        for (long epoch : LOG.ended(table)) {
            assertThat(LOG.of(table))
                    .filteredOn(heard -> heard.epoch() == epoch && heard.what() == What.ROW)
                    .as("rows of epoch %s", epoch)
                    .hasSize(ITEMS);
        }
    }

    private static void load(String table) throws Exception {
        LocalTable.create(DYNAMODB.tables(), table).load(0, ITEMS, 1);
    }

    private static DynamoDbReplicationSourceBuilder<Tuple3<String, Long, String>> byInterval() {
        return source().table(BY_INTERVAL, table -> table.option("scan.full-table.interval", INTERVAL + " s"));
    }

    private static Consumer<ReplicatedTables> onceADay(Instant time) {
        return table -> table.option(
                        "scan.full-table.time-of-day",
                        LocalTime.ofInstant(time, EUCLA).toString())
                .option("scan.full-table.time-zone", EUCLA.getId());
    }

    private static Consumer<ReplicatedTables> everyMinute() {
        return table -> table.option("scan.full-table.cron", "* * * * *");
    }

    private static DynamoDbReplicationSourceBuilder<Tuple3<String, Long, String>> source() {
        DynamoDbReplicationSourceBuilder<Tuple3<String, Long, String>> source =
                CopyLog.source().startupMode(StartupMode.FULL_TABLE);
        DYNAMODB.awsOptions().forEach(source::option);
        return source;
    }

    private static ReplicaJob job() {
        return ReplicaJob.of(FLINK, new AwsDynamoDbServiceFactory(), "in-the-builder");
    }
}
