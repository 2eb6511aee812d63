/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.policy.HandOver;
import io.dynamoreplica.flink.policy.StartupMode;

/** The configuration of one table, as far as decisions depend on it; fixed for the life of a job. */
public record TableRules(
        String table, StartRequest startRequest, HandOver handOver, ScanRules scan, StreamRules stream) {

    public StartupMode start() {
        return startRequest.start();
    }

    /**
     * The settings with which the replication of a table was started. If a job is started from a
     * savepoint with another start request, the replication of the table starts again.
     *
     * @param resetToken a user changes it to get a fresh copy; empty if it was never set
     */
    public record StartRequest(StartupMode start, String resetToken) {

        /** Returns whether the replication of a table starts again because this request follows another one. */
        public boolean restarts(StartRequest before) {
            return !after(before).equals(before);
        }

        /**
         * Returns the request to store after another one. An empty token has no effect: the last
         * token is kept, so that setting the same token once more has no effect either.
         */
        StartRequest after(StartRequest before) {
            return resetToken.isEmpty() ? new StartRequest(start, before.resetToken) : this;
        }
    }

    /**
     * The settings of the Scan of a table.
     *
     * @param segments 0 to choose by table size and parallelism
     * @param segmentsPerReader how many segments a reader has at a time
     * @param settleMillis how long to wait after the anchor if reads are not consistent
     */
    public record ScanRules(int segments, int segmentsPerReader, boolean consistentRead, long settleMillis) {}

    /**
     * The settings of the stream of a table.
     *
     * @param discoveryMillis time between two listings if no event needs one sooner
     * @param closedShardsOnly whether a shard is read only after it is closed
     * @param balanced whether a child may wait for a checkpoint, so that it can go to a reader with
     *     fewer shards
     * @param duringScan whether shards are read while segments are still scanned. This is only for a
     *     consumer that knows which of two images is newer. No option turns it on yet
     */
    public record StreamRules(
            long discoveryMillis, boolean closedShardsOnly, GapPolicy onGap, boolean balanced, boolean duringScan) {}
}
