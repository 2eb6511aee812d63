/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

/**
 * The rule by which one reader has clearly more shards than another, so that a child waits for
 * another reader. The wait delays the records of the child once, by some seconds.
 *
 * <pre>
 *   with the child, its parent's reader has   2  3  4  5  6  7  8  9  12
 *   clearly more than a reader that has up to 0  1  2  3  4  4  5  6   8
 * </pre>
 */
final class Balance {

    /**
     * With a smaller difference, the other reader with the child would have as many shards as this one
     * with the child.
     */
    private static final long LEAST_DIFFERENCE = 2;

    /**
     * Readers with many shards are about equally busy in spite of a difference of two: this is so for
     * 10 and 8 shards, but not for 3 and 1.
     */
    private static final double LEAST_RATIO = 1.5;

    /**
     * Decides whether a child waits for another reader.
     *
     * @param withChild the number of shards that the parent's reader would have with the child
     * @param least the number of shards that the reader with the fewest has
     */
    static boolean isClearlyMore(long withChild, long least) {
        return withChild - least >= LEAST_DIFFERENCE && withChild >= LEAST_RATIO * least;
    }

    private Balance() {}
}
