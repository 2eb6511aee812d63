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
 * The headroom of the shards of one table that wait for a reader: the time until the stream may drop their first
 * records. Used by the coordinator thread, except that the gauge reads {@link #seconds} in any thread.
 *
 * <p>The headroom is known as of the last listing. After that it shrinks with a clock of this machine, so that it also
 * shrinks while the stream cannot be listed.
 *
 * <p>The readers show the headroom of the shards that they read. The headroom of a table is the smallest of all.
 */
final class WaitingShardsHeadroom {

    private static final Logger LOG = LoggerFactory.getLogger(WaitingShardsHeadroom.class);

    private final String table;
    private final LongSupplier nanoTime;
    private volatile Known known;
    private boolean warned;

    /**
     * @param millis the headroom at the time of the listing
     * @param listing the time of the listing on DynamoDB's clock
     * @param since the time on this machine's clock when the listing arrived
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

    /** Returns the headroom in seconds; 86,400 if no shard waits. */
    long seconds() {
        Known last = known;
        if (last.millis() >= Retention.OF_RECORDS.toMillis()) {
            return Retention.OF_RECORDS.toSeconds();
        }
        Duration passed = Duration.ofNanos(nanoTime.getAsLong() - last.since());
        return Math.max(0, Duration.ofMillis(last.millis()).minus(passed).toSeconds());
    }

    /** Takes the state of the table. Warns when the headroom becomes low, and not again while it stays low. */
    void stateChanged(TableState state) {
        long listing = state.stream().lastListing();
        long since = listing == known.listing() ? known.since() : nanoTime.getAsLong();
        known = new Known(state.waitingHeadroom(), listing, since);
        long seconds = seconds();
        boolean low = seconds < Retention.LOW.toSeconds();
        if (low && !warned) {
            LOG.warn(
                    """
                    Table {}: shards of its stream wait for a reader, and the stream may drop their first records in \
                    {}. The copy has to end before that: use more segments, a higher parallelism, more read capacity \
                    or a faster sink""",
                    table,
                    Duration.ofSeconds(seconds));
        }
        warned = low;
    }
}
