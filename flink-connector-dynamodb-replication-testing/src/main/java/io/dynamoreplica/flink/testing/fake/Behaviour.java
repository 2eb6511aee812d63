/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * The variations that DynamoDB may show at any time without being asked, as a test sets them. Safe
 * for many threads.
 */
public final class Behaviour {

    private volatile int scanPageItems = 1000;
    private volatile int recordsPerPage = 1000;
    private volatile int emptyScanPages;
    private volatile int emptyRecordPages;
    private volatile Duration iteratorValidity = Duration.ofMinutes(15);
    private volatile Duration creationTimesAhead = Duration.ZERO;
    private volatile OptionalLong listingSeed = OptionalLong.empty();

    Behaviour() {}

    /** Limits a Scan page to this many items, whatever the request allows. */
    public Behaviour scanPageItems(int items) {
        scanPageItems = atLeast(1, items);
        return this;
    }

    /** Limits a GetRecords answer to this many records. */
    public Behaviour recordsPerPage(int records) {
        recordsPerPage = atLeast(1, records);
        return this;
    }

    /**
     * Puts this many pages without items, each with a LastEvaluatedKey, before each other page of a
     * Scan.
     */
    public Behaviour emptyScanPages(int pages) {
        emptyScanPages = atLeast(0, pages);
        return this;
    }

    /**
     * Puts this many answers without records, each with a next iterator, before each other answer
     * of GetRecords.
     */
    public Behaviour emptyRecordPages(int pages) {
        emptyRecordPages = atLeast(0, pages);
        return this;
    }

    /** Sets how long a shard iterator is valid on the server's clock; DynamoDB uses 15 minutes. */
    public Behaviour iteratorValidity(Duration validity) {
        iteratorValidity = validity;
        return this;
    }

    /**
     * Sets how far the creation times of new records are ahead of the server's clock; a negative
     * duration puts them behind.
     */
    public Behaviour creationTimesAhead(Duration ahead) {
        creationTimesAhead = ahead;
        return this;
    }

    /** Lists shards in a different order at each call; the seed decides the order. */
    public Behaviour shuffleListings(long seed) {
        listingSeed = OptionalLong.of(seed);
        return this;
    }

    int scanPageItems() {
        return scanPageItems;
    }

    int recordsPerPage() {
        return recordsPerPage;
    }

    int emptyScanPages() {
        return emptyScanPages;
    }

    int emptyRecordPages() {
        return emptyRecordPages;
    }

    Duration iteratorValidity() {
        return iteratorValidity;
    }

    Duration creationTimesAhead() {
        return creationTimesAhead;
    }

    OptionalLong listingSeed() {
        return listingSeed;
    }

    private static int atLeast(int least, int number) {
        if (number < least) {
            throw new IllegalArgumentException(number + " is less than " + least);
        }
        return number;
    }
}
