/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.split.Anchor;
import io.dynamoreplica.flink.split.Retention;
import java.time.Duration;
import java.util.List;

/** The times on which rules depend, in milliseconds, each with its source. */
final class TimeBounds {

    /** The source is in the description of {@link Anchor#CLOCK_TOLERANCE}. */
    static final long CLOCK_TOLERANCE = Anchor.CLOCK_TOLERANCE.toMillis();

    /**
     * The resolution of a start "from now". DynamoDB cuts creation times to the second, and DynamoDB
     * Local cuts them to the minute. So the start is moved back to the full minute, and by one more
     * minute because clocks differ.
     */
    static final long START_RESOLUTION = Duration.ofMinutes(1).toMillis();

    /**
     * How long a listing can lag. AWS promises nothing, and lags of seconds are known, so this is
     * chosen well above. If two listings this far apart both lack a shard, the reason is not a lag. A
     * shard of the anchor waits this long for a parent that no listing shows. Most such parents were
     * trimmed long ago. So without a copy, the first record may be read later by this time.
     */
    static final long LISTING_LAG = Duration.ofSeconds(60).toMillis();

    /**
     * How long a closed shard may be without a child. A roll-over takes seconds. AWS documents no
     * limit, so this is chosen, well above the lag of a listing.
     */
    static final long ROLL_OVER = Duration.ofMinutes(15).toMillis();

    /**
     * How long a finished shard is remembered that is no longer listed. Otherwise a late listing could
     * cause the shard to be read again.
     */
    static final long FORGET_UNLISTED = Duration.ofHours(1).toMillis();

    /**
     * The first delay of a listing that is repeated because no listing shows the children of an ended
     * shard yet. The delay doubles each time.
     */
    static final long LEAF_RETRY = 250;

    /**
     * How long a child waits at most for the checkpoint after which another reader than its parent's
     * can have it. Chosen: checkpoint intervals of up to a minute are common, so a checkpoint comes in
     * time, and the wait takes only a small part of the 24 hours.
     */
    static final long BALANCE = Duration.ofMinutes(3).toMillis();

    /**
     * How soon a listing follows the report of a reader that DynamoDB gives no record of a shard.
     * Chosen so that the reports of many readers lead to one listing.
     */
    static final long UNREAD_LISTING = Duration.ofSeconds(5).toMillis();

    /** How soon a table is described again that was not fit for its next copy. */
    static final long UNFIT_RETRY = Duration.ofSeconds(30).toMillis();

    /**
     * How many times such a table is described again: for an hour in all. If a stream is switched off
     * and on to change its view type, or a table is deleted and restored from a backup, it is back by
     * then. A longer interruption must not look like replication.
     */
    static final int UNFIT_MOST = 120;

    /**
     * How long to pause before the first, second, … consecutive copy that renews a copy which was given
     * up. After the last one the job fails. Chosen: a cause that goes away by itself, such as a stream
     * that is switched off and on, has gone away after some hours, and a copy of a large table costs
     * much.
     */
    static final List<Duration> RENEWAL_PAUSES = List.of(
            Duration.ZERO, Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(4));

    /**
     * Returns the pause before a copy.
     *
     * @param consecutiveRenewals how many consecutive copies renew another one, this one included
     */
    static long pauseBefore(int consecutiveRenewals) {
        int index = Math.min(consecutiveRenewals, RENEWAL_PAUSES.size()) - 1;
        return index < 0 ? 0 : RENEWAL_PAUSES.get(index).toMillis();
    }

    /** The source is in the description of {@link Retention#OF_RECORDS}. */
    static final long RETENTION = Retention.OF_RECORDS.toMillis();

    private TimeBounds() {}
}
