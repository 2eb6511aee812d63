/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.split.Anchor;
import io.dynamoreplica.flink.split.Retention;
import java.time.Duration;
import java.util.List;

/** The spans of time on which rules rest, in milliseconds, and where each comes from. */
final class TimeBounds {

    static final long ANCHOR = Anchor.MARGIN.toMillis();

    /**
     * Creation times are cut to the second by DynamoDB and to the minute by DynamoDB Local: a start
     * "from now" is moved back to the full minute, and by one more for clocks that differ.
     */
    static final long START_RESOLUTION = Duration.ofMinutes(1).toMillis();

    /**
     * How long a listing can lag behind, with room to spare: AWS promises nothing, lags of seconds
     * are known. Two listings this far apart that both lack a shard do not lack it because they
     * lag. A shard of the anchor waits so long for a parent that no listing shows: most of those
     * were trimmed long ago, so this is also how much later a start without a copy may read its
     * first record.
     */
    static final long LISTING_LAG = Duration.ofSeconds(60).toMillis();

    /**
     * How long a closed shard may be without a child. A roll-over takes seconds; AWS documents no
     * limit, so this is chosen, well above what a listing can lag.
     */
    static final long ROLL_OVER = Duration.ofMinutes(15).toMillis();

    /**
     * How long a finished shard that is listed no more is remembered, so that a late listing does
     * not have it read again.
     */
    static final long FORGET_UNLISTED = Duration.ofHours(1).toMillis();

    /**
     * First delay of a listing that is repeated because the children of a shard that ended are not
     * shown yet; doubles.
     */
    static final long LEAF_RETRY = 250;

    /**
     * How long a child waits at most for the checkpoint after which another reader than its
     * parent's can have it. Chosen: intervals of up to a minute are common, so a checkpoint comes
     * in time; and a reader that is short of time loses little of the 24 hours.
     */
    static final long BALANCE = Duration.ofMinutes(3).toMillis();

    /**
     * How soon a listing follows a reader's word that it is given no record of a shard. Chosen, so
     * that the words of many readers lead to one listing.
     */
    static final long UNREAD_LISTING = Duration.ofSeconds(5).toMillis();

    /** How soon a table that is to be copied again, and is not fit for it, is looked at again. */
    static final long UNFIT_RETRY = Duration.ofSeconds(30).toMillis();

    /**
     * How often: an hour in all. A stream that is switched off to be switched on with another view
     * type, or a table that is deleted to be restored from a backup, is back by then; longer must
     * not pass for replication.
     */
    static final int UNFIT_MOST = 120;

    /**
     * How long to rest before the first, second, … copy in a row that renews one which came to
     * nothing; there is none after the last. Chosen: what passes by itself, such as a stream that
     * is switched off and on, has passed after hours, and each copy costs as much as the table is
     * large.
     */
    static final List<Duration> RENEWAL_RESTS = List.of(
            Duration.ZERO, Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(4));

    /**
     * @param consecutiveRenewals the number of the copy
     */
    static long restBefore(int consecutiveRenewals) {
        int index = Math.min(consecutiveRenewals, RENEWAL_RESTS.size()) - 1;
        return index < 0 ? 0 : RENEWAL_RESTS.get(index).toMillis();
    }

    static final long RETENTION = Retention.OF_RECORDS.toMillis();

    private TimeBounds() {}
}
