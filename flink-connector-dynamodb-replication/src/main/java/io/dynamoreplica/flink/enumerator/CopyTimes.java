/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.protocol.ProtocolAction.AwaitNextCopy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The times until the next copies of tables. Schedules are in the user's time, so this is the only place that reads
 * the wall clock. A wrong clock makes a copy late or early, but loses nothing.
 *
 * <p>If this clock is ahead of DynamoDB's, a copy begins before its scheduled time on DynamoDB's clock. The same
 * scheduled time must not lead to a second copy, so it is remembered here. Used by the coordinator thread.
 */
final class CopyTimes {

    private static final Logger LOG = LoggerFactory.getLogger(CopyTimes.class);

    private final ReplicationConfig config;
    private final InstantSource clock;
    private final Map<String, Due> latest = new HashMap<>();

    /**
     * @param epoch of the latest copy
     * @param after scheduled times up to this one lead to no further copy
     * @param next the scheduled time of the next copy
     */
    private record Due(long epoch, Instant after, Instant next) {}

    CopyTimes(ReplicationConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    /** Returns the time until the next copy; zero if it is already due. */
    Duration until(AwaitNextCopy next) {
        Instant begun = Instant.ofEpochMilli(next.begun());
        Instant after = latest(begun, served(next));
        Instant due = config.table(next.table()).schedule().nextAfter(after);
        latest.put(next.table(), new Due(next.epoch(), after, due));
        Duration untilDue = Duration.between(clock.instant(), due);
        LOG.info(
                "Table {}: the copy that began at {} is complete. The next copy is due at {}.",
                next.table(),
                begun,
                due);
        return untilDue.isNegative() ? Duration.ZERO : untilDue;
    }

    /** Returns the scheduled time for which the copy was made; the same if asked twice about one copy. */
    private Instant served(AwaitNextCopy next) {
        Due before = latest.get(next.table());
        if (before == null) {
            return Instant.MIN;
        }
        return before.epoch() == next.epoch() ? before.after() : before.next();
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
