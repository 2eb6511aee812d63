/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.protocol.Gap;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoteGap;
import io.dynamoreplica.flink.protocol.ProtocolAction.NotePause;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoteUnfit;
import io.dynamoreplica.flink.split.GapCause;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log and the counters of lost changes. For each loss the log says what was lost and what the job does about it.
 * Each table and cause has a counter {@code gaps}, in the groups {@code table} and {@code cause}. Used by the
 * coordinator thread.
 */
final class GapLog {

    private static final Logger LOG = LoggerFactory.getLogger(GapLog.class);

    private final Map<String, Map<GapCause, Counter>> counters = new HashMap<>();

    /**
     * @param tables get their counters immediately, so that alerts can be set before a loss
     */
    GapLog(LastingMetrics metrics, Iterable<String> tables) {
        tables.forEach(table -> counters.put(table, countersOf(metrics, table)));
    }

    private static Map<GapCause, Counter> countersOf(LastingMetrics metrics, String table) {
        Map<GapCause, Counter> byCause = new EnumMap<>(GapCause.class);
        for (GapCause cause : GapCause.values()) {
            byCause.put(
                    cause, metrics.in("table", table).in("cause", cause.name()).counter("gaps"));
        }
        return byCause;
    }

    /** Logs a table that has to wait. The first message is a warning, because nothing else shows the wait. */
    void note(NoteUnfit noted) {
        String waits =
                """
                Table %s: replication cannot continue yet (%s): %s. The job checks again every half a minute (%d times \
                so far), and fails after an hour."""
                        .formatted(noted.table(), noted.cause(), noted.detail(), noted.times());
        if (noted.times() == 1) {
            LOG.warn(waits);
        } else {
            LOG.info(waits);
        }
    }

    void note(NotePause noted) {
        LOG.warn(
                """
                Table {}: changes were lost again before the copy had caught up with the stream. Consecutive renewal \
                {} of the copy begins after a pause of {}. The losses above name the cause.""",
                noted.table(),
                noted.renewals(),
                Duration.ofMillis(noted.pause()));
    }

    void note(NoteGap noted) {
        Gap gap = noted.gap();
        counters.get(noted.table()).get(gap.cause()).inc();
        String lost = "Table %s: changes were lost (%s) in %s, made between %s and %s: %s. "
                .formatted(
                        noted.table(),
                        gap.cause(),
                        gap.shardId().isEmpty() ? "the whole stream" : "shard " + gap.shardId(),
                        Instant.ofEpochMilli(gap.range().from()),
                        Instant.ofEpochMilli(gap.range().to()),
                        gap.detail());
        switch (noted.policy()) {
            case IGNORE ->
                LOG.error(
                        """
                        {}The loss is ignored, as configured. Replication continues with the records that can still be \
                        read.""",
                        lost);
            case RESNAPSHOT -> LOG.warn("{}The table is copied again.", lost);
            case FAIL -> LOG.error("{}The job stops.", lost);
        }
    }
}
