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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long it is until a table's next copy. Schedules are about the time of people, so this is one
 * of the two places that look at a clock of this machine; a clock that is wrong makes a copy late
 * or early, and loses nothing.
 */
final class CopyTimes {

    private static final Logger LOG = LoggerFactory.getLogger(CopyTimes.class);

    private final ReplicationConfig config;
    private final InstantSource clock;

    CopyTimes(ReplicationConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    /** Zero if the time has passed. */
    Duration until(AwaitNextCopy next) {
        Instant begun = Instant.ofEpochMilli(next.begun());
        Instant due = config.table(next.table()).renewal().schedule().nextAfter(begun);
        Duration rest = Duration.between(clock.instant(), due);
        LOG.info(
                "Table {}: copied, begun at {}; the next copy is due at {}.",
                next.table(),
                begun,
                due);
        return rest.isNegative() ? Duration.ZERO : rest;
    }
}
