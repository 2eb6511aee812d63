/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.policy.HandOver;
import io.dynamoreplica.flink.policy.StartupMode;
import org.apache.flink.annotation.Internal;

/** How one table is to be replicated: fixed for the life of a job. */
@Internal
public record TableRules(
        String table, StartRequest startRequest, HandOver handOver, ScanRules scan, StreamRules stream) {

    public StartupMode start() {
        return startRequest.start();
    }

    /**
     * What a table was begun with. When a job is started from a savepoint with another one, the
     * table is replicated anew.
     *
     * @param resetToken changed by a user who wants a fresh copy; empty if never set
     */
    public record StartRequest(StartupMode start, String resetToken) {

        /** Whether a table that was begun with the other one is replicated anew by this one. */
        public boolean renews(StartRequest before) {
            return !after(before).equals(before);
        }

        /**
         * What is to be kept of a table that was begun with the other one. No token asks for
         * nothing: the one given last stays, so that the same one given again asks for nothing
         * either.
         */
        StartRequest after(StartRequest before) {
            return resetToken.isEmpty() ? new StartRequest(start, before.resetToken) : this;
        }
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
     * @param duringScan whether shards are read while segments are still scanned: only for a
     *     consumer that can tell which of two images is newer. No option turns it on yet.
     */
    public record StreamRules(
            long discoveryMillis, boolean closedShardsOnly, GapPolicy onGap, boolean balanced, boolean duringScan) {}
}
