/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

/**
 * The memory that pages take, from the call that asks for them until they have been emitted. Used
 * only by the fetcher's thread.
 *
 * <p>The size of a page is not known when it is asked for, so a call reserves 1 MB, the largest size
 * of a page on the wire. When the page has come, its estimated memory counts, which can be several
 * MB. If nothing is in flight, one call is always allowed, even if the limit is smaller than a page:
 * a large page must not stop a reader forever.
 */
final class BytesInFlight {

    /** DynamoDB ends a page of Scan or GetRecords at 1 MB. */
    static final long PAGE = 1 << 20;

    private final long limit;
    private long used;

    BytesInFlight(long limit) {
        this.limit = limit;
    }

    boolean allowsCall() {
        return used == 0 || used + PAGE <= limit;
    }

    void reserveCall() {
        used += PAGE;
    }

    void releaseCall() {
        used -= PAGE;
    }

    void hold(long bytes) {
        used += bytes;
    }

    void release(long bytes) {
        used -= bytes;
    }

    long used() {
        return used;
    }
}
