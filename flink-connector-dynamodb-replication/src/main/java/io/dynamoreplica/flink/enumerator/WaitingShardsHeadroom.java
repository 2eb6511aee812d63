/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.protocol.TableState;
import io.dynamoreplica.flink.split.Retention;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a table's shards that wait for a reader can go on waiting before the stream drops their
 * first records. Used by the coordinator thread; the gauge reads {@link #seconds} in any.
 *
 * <p>It is known as of the last listing. From then on it shrinks with a clock of this machine, so
 * that it does not stand still while the stream cannot be listed.
 *
 * <p>What readers have of it they show themselves: the headroom of a table is the least of all.
 */
final class WaitingShardsHeadroom {

    private static final Logger LOG = LoggerFactory.getLogger(WaitingShardsHeadroom.class);

    private final String table;
    private final LongSupplier nanoTime;
    private volatile Known known;
    private boolean warned;

    /**
     * @param millis as of the listing
     * @param listing the time of the listing on DynamoDB's clock
     * @param since when this machine heard of the listing
     */
    private record Known(long millis, long listing, long since) {}

    /**
     * @param nanoTime as {@link System#nanoTime}
     */
    WaitingShardsHeadroom(String table, LongSupplier nanoTime) {
        this.table = table;
        this.nanoTime = nanoTime;
        this.known = new Known(Retention.OF_RECORDS.toMillis(), Long.MIN_VALUE, 0);
    }

    /** 86,400 if no shard waits. */
    long seconds() {
        Known last = known;
        if (last.millis() >= Retention.OF_RECORDS.toMillis()) {
            return Retention.OF_RECORDS.toSeconds();
        }
        Duration passed = Duration.ofNanos(nanoTime.getAsLong() - last.since());
        return Math.max(0, Duration.ofMillis(last.millis()).minus(passed).toSeconds());
    }

    /** Warns once, and again only after it has been well in between. */
    void moved(TableState state) {
        long listing = state.stream().lastListing();
        long since = listing == known.listing() ? known.since() : nanoTime.getAsLong();
        known = new Known(state.waitingHeadroom(), listing, since);
        long seconds = seconds();
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
