/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import java.util.HashMap;
import java.util.Map;

/**
 * Keeps the listings of a stream from piling up: one at a time, and few that wait. A table whose
 * stream was replaced asks for another one, which must not wait for the old one's. DescribeStream
 * is limited to 10 calls a second for the whole account. Used by several threads.
 *
 * <p>Who asks for a listing gets one that begins when it is due or later; an earlier one would not
 * show what it is about. Routine takes any. Times are in milliseconds on any clock that only goes
 * forward.
 */
final class ListingSchedule {

    private static final long NONE = Long.MAX_VALUE;

    /** By ARN. */
    private final Map<String, Stream> streams = new HashMap<>();

    private static final class Stream {
        private boolean underWay;
        private boolean routineWaits;

        /** When the next listing that was asked for is due. */
        private long soonest = NONE;

        /** When the last one is due; what is due between the two is served by it. */
        private long latest = NONE;

        private boolean isDue(long now) {
            return soonest <= now;
        }
    }

    /** Whether a listing asked for now is worth a timer. */
    synchronized boolean mayAsk(String arn, Urgency urgency, long delay, long now) {
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

    /** Whether a listing is to be made by the one whose turn has come. */
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

    /** Whether another one has become due meanwhile, whose timer came in vain. */
    synchronized boolean end(String arn, long now) {
        Stream stream = streams.get(arn);
        stream.underWay = false;
        return stream.isDue(now);
    }
}
