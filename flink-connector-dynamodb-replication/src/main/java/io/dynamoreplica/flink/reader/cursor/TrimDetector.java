/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import io.dynamoreplica.flink.split.Retention;
import java.util.OptionalLong;

/**
 * The rule that tells whether a shard, of which no record was fetched, can have lost records. All
 * times are DynamoDB's, in milliseconds since 1970.
 *
 * <p>Such a shard can lose its first records without any error, because DynamoDB still gives a new
 * iterator at the oldest record kept. DynamoDB refuses an iterator that came with a page and whose
 * position was trimmed. So in a run of pages, each page shows that nothing was lost since the page
 * before. For a <em>new</em> iterator only the proof in the split's state can show that.
 *
 * <p>One page without records proves little: old records may be ahead of it. How many such pages
 * there can be is not documented. At one call a second, a run of at least {@link #RUN_PAGES} pages
 * over at least {@link #RUN_MILLIS} has passed every record that the shard had when the run began.
 * After that each page is a proof. One proof a minute is kept.
 */
final class TrimDetector {

    static final long RETENTION_MILLIS = Retention.OF_RECORDS.toMillis();

    static final int RUN_PAGES = 10;
    static final long RUN_MILLIS = 5 * 60_000;
    static final long KEEP_MILLIS = 60_000;

    private long proof;

    /** The number of consecutive pages whose iterators came from the page before. */
    private int runPages;

    private long runBegan;
    private long lastPage;

    TrimDetector(long proof) {
        this.proof = proof;
    }

    /** Ends the run: a new iterator skips trimmed records without an error. */
    void iteratorGiven() {
        runPages = 0;
    }

    /** Returns whether records may have been lost before a page that was answered at this time. */
    boolean mayHaveLostRecordsAt(long answered) {
        long untrimmed = runPages == 0 ? proof : Math.max(proof, lastPage);
        return answered - untrimmed >= RETENTION_MILLIS;
    }

    /**
     * Adds a page without records to the run.
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
