/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import org.apache.flink.annotation.Internal;

/**
 * How long to wait before a call that was refused in passing is made again: doubled from one
 * refusal to the next, up to a cap.
 *
 * <p>Splits that are refused together must not come back together, so each waits between half and
 * the whole of the time, a part that depends on its id alone: the same history always takes the
 * same time.
 *
 * @param firstMillis the longest wait after the first refusal
 * @param capMillis the longest wait of all
 */
@Internal
public record Backoff(long firstMillis, long capMillis) {

    /** From 200 ms, about what a burst of throttling lasts, to 20 s, so that recovery is seen. */
    public static final Backoff DEFAULT = new Backoff(200, 20_000);

    private static final int LARGEST_SHIFT = 30;

    public Backoff {
        if (firstMillis < 1 || capMillis < firstMillis || capMillis > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("Cannot wait from " + firstMillis + " ms up to " + capMillis + " ms");
        }
    }

    /**
     * Milliseconds to wait.
     *
     * @param refusals how often in a row the call was refused, at least once
     * @param splitId whose call it is
     */
    public long delay(int refusals, String splitId) {
        int shift = Math.min(refusals - 1, LARGEST_SHIFT);
        long whole = firstMillis > (capMillis >> shift) ? capMillis : firstMillis << shift;
        long half = whole / 2;
        return whole - Math.floorMod(splitId.hashCode() * 31L + refusals, half + 1);
    }
}
