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
 * How long it is until a table's next copy. Schedules are about the time of people, so this is one
 * of the two places that look at a clock of this machine; a clock that is wrong makes a copy late
 * or early, and loses nothing.
 *
 * <p>Where the clock is ahead of DynamoDB's, a copy is begun before the time that it is made for,
 * by DynamoDB's clock. That time must not be due a second time; so it is remembered here. Used by
 * the coordinator thread.
 */
final class CopyTimes {

    private static final Logger LOG = LoggerFactory.getLogger(CopyTimes.class);

    private final ReplicationConfig config;
    private final InstantSource clock;
    private final Map<String, Due> latest = new HashMap<>();

    /**
     * @param epoch of the copy that was made
     * @param after no time up to this one is due any more
     * @param next when the copy after it is due
     */
    private record Due(long epoch, Instant after, Instant next) {}

    CopyTimes(ReplicationConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    /** Zero if the time has passed. */
    Duration until(AwaitNextCopy next) {
        Instant begun = Instant.ofEpochMilli(next.begun());
        Instant after = latest(begun, served(next));
        Instant due = config.table(next.table()).schedule().nextAfter(after);
        latest.put(next.table(), new Due(next.epoch(), after, due));
        Duration rest = Duration.between(clock.instant(), due);
        LOG.info("Table {}: copied, begun at {}; the next copy is due at {}.", next.table(), begun, due);
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    /** What the copy was made for; asked for twice, it is still the same copy. */
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
