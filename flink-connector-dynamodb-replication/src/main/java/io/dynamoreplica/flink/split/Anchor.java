/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import java.time.Duration;

/** The time at which the stream of a copy begins, for the enumerator and for readers. */
public final class Anchor {

    /**
     * Records that are older than the anchor by more than this are in a strongly consistent copy.
     * Creation times and the Date header come from different machines of DynamoDB. Minutes are far
     * more than their clocks can differ by.
     */
    public static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    /**
     * Returns the earliest time of a change that follows a copy.
     *
     * @param epoch the number of the copy: the time of its anchor in seconds, or a little more
     * @param known a time that is not before the anchor, in milliseconds since 1970
     * @return milliseconds since 1970
     */
    public static long earliestChange(long epoch, long known) {
        return Math.min(epoch * 1000, known) - CLOCK_TOLERANCE.toMillis();
    }

    private Anchor() {}
}
