/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import java.util.OptionalLong;

/**
 * An estimate of how long a copy takes, from the segments that have ended so far.
 *
 * @param bytes the table's size, which DynamoDB updates about every six hours; 0 if not known
 * @param segments the number of segments of the copy
 * @param ended the number of segments that have ended
 * @param millis the time since the copy's anchor
 */
public record CopyEstimate(long bytes, int segments, int ended, long millis) {

    /**
     * Estimates the time of the current copy.
     *
     * @param now milliseconds since 1970, on DynamoDB's clock
     */
    public static CopyEstimate of(TableState state, long now) {
        return new CopyEstimate(
                state.pending().described().bytes(),
                state.splits().segments(),
                state.splits().endedSegments(),
                Math.max(0, now - state.stream().anchorTime()));
    }

    /** Returns the time for the whole copy in milliseconds; empty before the first segment has ended. */
    public OptionalLong wholeMillis() {
        return ended == 0 ? OptionalLong.empty() : OptionalLong.of((long) ((double) millis * segments / ended));
    }
}
