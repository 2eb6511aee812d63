/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import io.dynamoreplica.flink.split.Retention;
import java.util.OptionalLong;

/**
 * Until when a shard of which no record was fetched is known to be whole. All times are DynamoDB's,
 * in milliseconds since 1970.
 *
 * <p>Such a shard can lose its first records without any error: a new iterator at the oldest record
 * kept is given all the same. An iterator that came with a page is refused instead, so as long as
 * page follows page, each vouches for the one before. What vouches for a <em>new</em> iterator is
 * the proof in the split's state.
 *
 * <p>A page without records proves little by itself: old records may be ahead of it. How many such
 * pages there can be is not documented; a run of them as long as {@link #RUN_PAGES} and {@link
 * #RUN_MILLIS} ask for has, at a call a second, walked through whatever the shard held when it
 * began. From then on each page is a proof, of which one a minute is worth keeping.
 */
final class TrimDetector {

    static final long RETENTION_MILLIS = Retention.OF_RECORDS.toMillis();

    static final int RUN_PAGES = 10;
    static final long RUN_MILLIS = 5 * 60_000;
    static final long KEEP_MILLIS = 60_000;

    private long proof;

    /** Pages by iterators that each came from the page before. */
    private int runPages;

    private long runBegan;
    private long lastPage;

    TrimDetector(long proof) {
        this.proof = proof;
    }

    /** What a new iterator passes over in silence ends the run. */
    void iteratorGiven() {
        runPages = 0;
    }

    /** Whether records may have been lost before a page that was answered at this time. */
    boolean isOutlivedAt(long answered) {
        long whole = runPages == 0 ? proof : Math.max(proof, lastPage);
        return answered - whole >= RETENTION_MILLIS;
    }

    /**
     * A page without records.
     *
     * @return a proof to be kept in the split's state
     */
    OptionalLong emptyPage(long answered) {
        runBegan = runPages == 0 ? answered : runBegan;
        runPages++;
        lastPage = answered;
        boolean proves = runPages >= RUN_PAGES && answered - runBegan >= RUN_MILLIS;
        if (!proves || answered - proof < KEEP_MILLIS) {
            return OptionalLong.empty();
        }
        proof = answered;
        return OptionalLong.of(proof);
    }
}
