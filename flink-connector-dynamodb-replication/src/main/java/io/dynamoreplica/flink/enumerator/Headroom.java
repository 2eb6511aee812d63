/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.protocol.TableState;
import io.dynamoreplica.flink.split.Retention;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a table's shards that wait for a reader can go on waiting before the stream drops their
 * first records. Used by the coordinator thread; the gauge reads {@link #seconds} in any.
 *
 * <p>What readers have of it they show themselves: the headroom of a table is the least of all.
 */
final class Headroom {

    private static final Logger LOG = LoggerFactory.getLogger(Headroom.class);

    private final String table;
    private volatile long seconds = Retention.OF_RECORDS.toSeconds();
    private boolean warned;

    Headroom(String table) {
        this.table = table;
    }

    long seconds() {
        return seconds;
    }

    /** Warns once, and again only after it has been well in between. */
    void moved(TableState state) {
        seconds = state.waitingHeadroom() / 1000;
        boolean low = seconds < Retention.LOW.toSeconds();
        if (low && !warned) {
            LOG.warn(
                    "Table {}: shards of its stream have waited so long that their first records are dropped in {}. {}",
                    table,
                    Duration.ofSeconds(seconds),
                    "The copy has to end before: give it more segments or parallelism, more read capacity, or a faster sink.");
        }
        warned = low;
    }
}
