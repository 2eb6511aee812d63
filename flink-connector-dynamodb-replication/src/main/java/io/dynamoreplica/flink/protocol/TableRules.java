/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

/** How one table is to be replicated: fixed for the life of a job. */
public record TableRules(String table, Mandate mandate, HandOverRule handOver, ScanRules scan, StreamRules stream) {

    public Start start() {
        return mandate.start();
    }

    /**
     * What a table was begun with. When a job is started from a savepoint with another one, the
     * table is replicated anew.
     *
     * @param resetToken changed by a user who wants a fresh copy; empty if never set
     */
    public record Mandate(Start start, String resetToken) {

        /** Whether a table that was begun with the other one is replicated anew by this one. */
        public boolean renews(Mandate before) {
            return !after(before).equals(before);
        }

        /**
         * What is to be kept of a table that was begun with the other one. No token asks for
         * nothing: the one given last stays, so that the same one given again asks for nothing
         * either.
         */
        Mandate after(Mandate before) {
            return resetToken.isEmpty() ? new Mandate(start, before.resetToken) : this;
        }
    }

    /** Where replication begins. */
    public enum Start {
        SNAPSHOT_THEN_STREAM,
        SNAPSHOT,
        /** Copied again and again, on a schedule that the protocol does not know. */
        FULL_TABLE,
        LATEST,
        EARLIEST;

        public boolean scans() {
            return this == SNAPSHOT_THEN_STREAM || this == SNAPSHOT || this == FULL_TABLE;
        }

        public boolean streams() {
            return this != SNAPSHOT && this != FULL_TABLE;
        }

        /** Whether there is an end. */
        boolean isBounded() {
            return this == SNAPSHOT;
        }
    }

    /** When shards may be assigned. */
    public enum HandOverRule {
        /** After a checkpoint that contains the end of every segment. */
        AFTER_CHECKPOINT,
        /** After every segment has ended. */
        IMMEDIATE,
        /**
         * While segments are still scanned: only for a consumer that can tell which of two images
         * is newer.
         */
        WITH_SCAN
    }

    /**
     * @param segments 0 to choose by table size and parallelism
     * @param segmentsPerReader how many segments a reader has at a time
     * @param settleMillis how long to wait after the anchor when reads are not consistent
     */
    public record ScanRules(int segments, int segmentsPerReader, boolean consistentRead, long settleMillis) {}

    /**
     * @param discoveryMillis time between two listings when nothing asks for one sooner
     * @param closedShardsOnly whether a shard is read only once it is closed
     * @param balanced whether a child may wait for a checkpoint, so that a reader with fewer shards
     *     can have it
     */
    public record StreamRules(long discoveryMillis, boolean closedShardsOnly, OnGap onGap, boolean balanced) {}

    /** What is done about changes that were lost. */
    public enum OnGap {
        /** The table is copied again, as the next epoch. A table that was never copied stops. */
        RESNAPSHOT,
        /** The job fails. */
        FAIL,
        /** Replication goes on from the oldest record kept. */
        IGNORE
    }
}
