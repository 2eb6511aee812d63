/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

/**
 * The wait before a call is made again after a transient refusal. It doubles from one refusal to
 * the next, up to a limit.
 *
 * <p>Splits that are refused at the same time must not call again at the same time. So each split
 * waits between half of the time and all of it. The fraction depends only on the split's id and the
 * number of refusals, so the same history always takes the same time.
 *
 * @param firstMillis the longest wait after the first refusal
 * @param capMillis the longest wait after any refusal
 */
public record Backoff(long firstMillis, long capMillis) {

    /**
     * From 200 ms, about the length of a burst of throttling, to 20 s, so that a recovery is noticed
     * soon.
     */
    public static final Backoff DEFAULT = new Backoff(200, 20_000);

    private static final int LARGEST_SHIFT = 30;

    public Backoff {
        if (firstMillis < 1 || capMillis < firstMillis || capMillis > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("Cannot wait from %d ms up to %d ms".formatted(firstMillis, capMillis));
        }
    }

    /**
     * Returns the milliseconds to wait.
     *
     * @param refusals the number of consecutive refusals of the call, at least one
     * @param splitId the split that made the call
     */
    public long delay(int refusals, String splitId) {
        int shift = Math.min(refusals - 1, LARGEST_SHIFT);
        long whole = firstMillis > (capMillis >> shift) ? capMillis : firstMillis << shift;
        long half = whole / 2;
        return whole - Math.floorMod(splitId.hashCode() * 31L + refusals, half + 1);
    }
}
