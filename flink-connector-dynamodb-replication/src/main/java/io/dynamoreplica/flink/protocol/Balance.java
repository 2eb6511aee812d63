/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

/**
 * When one reader has so many more shards than another that a child is worth a wait: it costs the
 * records of the child some seconds, once.
 *
 * <pre>
 *   with the child, its parent's reader has   2  3  4  5  6  7  8  9  12
 *   clearly more than a reader that has up to 0  1  2  3  4  4  5  6   8
 * </pre>
 */
final class Balance {

    /** With less, the other reader would have as many as this one has now. */
    private static final long LEAST_DIFFERENCE = 2;

    /**
     * Readers with many shards are about equally busy in spite of a difference of two: 10 and 8
     * are, 3 and 1 are not.
     */
    private static final double LEAST_RATIO = 1.5;

    /**
     * @param withChild what the reader of the parent would have, the child counted
     * @param least what the reader with the fewest has
     */
    static boolean isClearlyMore(long withChild, long least) {
        return withChild - least >= LEAST_DIFFERENCE && withChild >= LEAST_RATIO * least;
    }

    private Balance() {}
}
