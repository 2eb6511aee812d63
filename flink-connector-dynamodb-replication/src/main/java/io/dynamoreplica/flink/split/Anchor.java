/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import java.time.Duration;
import org.apache.flink.annotation.Internal;

/** Where the stream of a copy begins, in time: the enumerator and readers both go by it. */
@Internal
public final class Anchor {

    /**
     * Records older than the anchor by more than this are in a strongly consistent snapshot.
     * Creation times and the Date header come from different machines of DynamoDB's; minutes are
     * far beyond what their clocks can differ by.
     */
    public static final Duration MARGIN = Duration.ofMinutes(5);

    /**
     * The earliest time of a change that the stream can say of a copy.
     *
     * @param epoch the copy's, whose number is the time of its anchor in seconds, or a little more
     * @param known a time that is not before the anchor's, in milliseconds since 1970
     * @return milliseconds since 1970
     */
    public static long earliestChange(long epoch, long known) {
        return Math.min(epoch * 1000, known) - MARGIN.toMillis();
    }

    private Anchor() {}
}
