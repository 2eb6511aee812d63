/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.config.ReplicationConfigParser;
import io.dynamoreplica.flink.config.TableConfigs;
import io.dynamoreplica.flink.protocol.ProtocolAction.AwaitNextCopy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A table that is copied at two in the morning. */
class CopyTimesTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Instant TWO = Instant.parse("2025-07-01T02:00:00Z");

    private Instant now = TWO;
    private final CopyTimes times = new CopyTimes(config(), () -> now);

    private static ReplicationConfig config() {
        return ReplicationConfigParser.parse(
                List.of(TableConfigs.named(
                        "orders",
                        "scan.startup.mode",
                        "full-table",
                        "scan.full-table.cron",
                        "0 2 * * *",
                        "scan.full-table.time-zone",
                        "UTC")),
                Map.of());
    }

    private Duration untilCopyAfter(long epoch, Instant begun) {
        return times.until(new AwaitNextCopy("orders", epoch, begun.toEpochMilli()));
    }

    @Test
    void theNextCopyIsDueAtTheNextTimeOfTheSchedule() {
        now = TWO.minusSeconds(3_600);
        assertThat(untilCopyAfter(1, now.minusSeconds(600))).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void aTimeThatHasPassedDuringTheCopyIsDueAtOnce() {
        now = TWO.plusSeconds(60);
        assertThat(untilCopyAfter(1, TWO.minusSeconds(600))).isZero();
    }

    /** On DynamoDB's clock the copy begins one second before two. */
    @Test
    void aClockThatIsAheadMakesNoSecondCopyForTheSameTime() {
        untilCopyAfter(1, TWO.minusSeconds(600));
        now = TWO.plusSeconds(60);
        assertThat(untilCopyAfter(2, TWO.minusSeconds(1))).isEqualTo(DAY.minusSeconds(60));

        now = now.plus(DAY);
        assertThat(untilCopyAfter(3, TWO.plus(DAY).minusSeconds(1))).isEqualTo(DAY.minusSeconds(60));
    }

    /** For example after a failure that makes segments unread again. */
    @Test
    void aCopyThatIsCompleteAgainIsStillTheSame() {
        now = TWO.minusSeconds(60);
        untilCopyAfter(1, TWO.minusSeconds(600));
        assertThat(untilCopyAfter(1, TWO.minusSeconds(600))).isEqualTo(Duration.ofSeconds(60));
    }
}
