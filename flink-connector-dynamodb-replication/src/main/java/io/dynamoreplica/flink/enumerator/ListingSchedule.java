/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import java.util.HashMap;
import java.util.Map;

/**
 * The schedule of the listings of each stream. A stream has one listing at a time, and few listings that wait, because
 * DescribeStream is limited to 10 calls a second for the whole account. Each stream has its own schedule: if the stream
 * of a table was replaced, the new one must not wait for the old one. Used by several threads.
 *
 * <p>A listing that something waits for begins at its due time or later, because an earlier one would not show the
 * change in question. A routine listing is served by any other one. Times are in milliseconds on any clock that never
 * goes back.
 */
final class ListingSchedule {

    private static final long NONE = Long.MAX_VALUE;

    /** By ARN. */
    private final Map<String, Stream> streams = new HashMap<>();

    private static final class Stream {
        private boolean underWay;
        private boolean routineWaits;

        /** The due time of the next requested listing. */
        private long soonest = NONE;

        /** The due time of the last requested listing. It also serves requests that are due between the two. */
        private long latest = NONE;

        private boolean isDue(long now) {
            return soonest <= now;
        }
    }

    /** Returns whether a listing that is requested now needs a timer. */
    synchronized boolean needsTimer(String arn, Urgency urgency, long delay, long now) {
        Stream stream = streams.computeIfAbsent(arn, any -> new Stream());
        long due = now + delay;
        if (urgency == Urgency.ROUTINE) {
            boolean wanted = !stream.underWay && !stream.routineWaits && stream.soonest > due;
            stream.routineWaits |= wanted;
            return wanted;
        }
        boolean served = stream.soonest <= due && (due <= now || due <= stream.latest);
        if (served) {
            return false;
        }
        stream.latest = stream.soonest == NONE ? due : Math.max(stream.latest, due);
        stream.soonest = Math.min(stream.soonest, due);
        return true;
    }

    /** Returns whether a task that runs now makes a listing, and marks the listing as begun. */
    synchronized boolean begin(String arn, long now) {
        Stream stream = streams.get(arn);
        if (stream.underWay || !(stream.routineWaits || stream.isDue(now))) {
            return false;
        }
        stream.underWay = true;
        stream.routineWaits = false;
        if (stream.isDue(now)) {
            stream.soonest = stream.latest > now ? stream.latest : NONE;
            stream.latest = stream.soonest;
        }
        return true;
    }

    /** Marks the listing as ended. Returns whether another one became due meanwhile, whose timer had no effect. */
    synchronized boolean end(String arn, long now) {
        Stream stream = streams.get(arn);
        stream.underWay = false;
        return stream.isDue(now);
    }
}
