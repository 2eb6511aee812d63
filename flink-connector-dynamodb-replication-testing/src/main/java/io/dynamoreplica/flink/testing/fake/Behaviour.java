/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

import java.time.Duration;
import java.util.OptionalLong;

/** What DynamoDB may do at any time without being asked; a test decides. Safe for many threads. */
public final class Behaviour {

    private volatile int scanPageItems = 1000;
    private volatile int recordsPerPage = 1000;
    private volatile int emptyScanPages;
    private volatile int emptyRecordPages;
    private volatile Duration iteratorValidity = Duration.ofMinutes(15);
    private volatile Duration creationTimesAhead = Duration.ZERO;
    private volatile OptionalLong listingSeed = OptionalLong.empty();

    Behaviour() {}

    /** The most items of a Scan page, whatever the request allows. */
    public Behaviour scanPageItems(int items) {
        scanPageItems = atLeast(1, items);
        return this;
    }

    /** The most records of a GetRecords answer. */
    public Behaviour recordsPerPage(int records) {
        recordsPerPage = atLeast(1, records);
        return this;
    }

    /**
     * How many pages without items, each with a LastEvaluatedKey, come before each other page of a
     * Scan.
     */
    public Behaviour emptyScanPages(int pages) {
        emptyScanPages = atLeast(0, pages);
        return this;
    }

    /**
     * How many answers without records, each with a next iterator, come before each other answer of
     * GetRecords.
     */
    public Behaviour emptyRecordPages(int pages) {
        emptyRecordPages = atLeast(0, pages);
        return this;
    }

    /** How long a shard iterator is good for on the server's clock; 15 minutes at DynamoDB. */
    public Behaviour iteratorValidity(Duration validity) {
        iteratorValidity = validity;
        return this;
    }

    /**
     * By how much the creation times of records written from now on are ahead of the server's
     * clock; negative for behind.
     */
    public Behaviour creationTimesAhead(Duration ahead) {
        creationTimesAhead = ahead;
        return this;
    }

    /** Lists shards in another order at each call; the seed decides which. */
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
