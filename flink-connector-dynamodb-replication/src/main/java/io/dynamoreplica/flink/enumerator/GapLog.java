/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.protocol.Gap;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoteGap;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoteRest;
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
 * Says of every loss of changes what was lost and what is done about it, and counts it: per table
 * and cause, the counter {@code gaps} in the groups {@code table} and {@code cause}. Used by the
 * coordinator thread.
 */
final class GapLog {

    private static final Logger LOG = LoggerFactory.getLogger(GapLog.class);

    private final Map<String, Map<GapCause, Counter>> counters = new HashMap<>();

    /**
     * @param tables all get their counters at once, so that an alert can be set on them
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

    /** A table that waits looks as if nothing were wrong; the first word has to be a warning. */
    void note(NoteUnfit noted) {
        String waits =
                "Table %s: replication cannot go on yet (%s): %s. Looked at again every half a minute, %d times so far; after an hour the job fails."
                        .formatted(noted.table(), noted.cause(), noted.detail(), noted.times());
        if (noted.times() == 1) {
            LOG.warn(waits);
        } else {
            LOG.info(waits);
        }
    }

    void note(NoteRest noted) {
        LOG.warn(
                "Table {}: copy {} in a row is needed before the one before had caught up with the stream. It begins after a rest of {}; look for the cause in the losses above.",
                noted.table(),
                noted.copies(),
                Duration.ofMillis(noted.rest()));
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
                LOG.error("{}They are ignored, as configured: replication goes on from the oldest record kept.", lost);
            case RESNAPSHOT -> LOG.warn("{}The table is copied again.", lost);
            case FAIL -> LOG.error("{}The job stops.", lost);
        }
    }
}
