/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

/**
 * The memory that pages may take between the moment they are asked for and the moment they have
 * been emitted. Used by the fetcher's thread alone.
 *
 * <p>What a page will hold is not known when it is asked for, so a call reserves the most that
 * DynamoDB puts into a page. However small the limit, one call is allowed when nothing is in
 * flight: a page larger than the limit must not stop a reader for ever.
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
