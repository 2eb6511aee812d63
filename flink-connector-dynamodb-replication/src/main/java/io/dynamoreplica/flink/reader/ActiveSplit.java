/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.reader.cursor.ShardCursor;
import io.dynamoreplica.flink.reader.cursor.SplitCursor;
import io.dynamoreplica.flink.split.ReplicationSplit;

/**
 * A split that is being read, and why its next call may have to wait. Used by the fetcher's thread
 * alone.
 */
final class ActiveSplit {

    /**
     * One page being emitted, and one to go on with at once; more would only take memory from other
     * splits.
     */
    static final int PAGES_AHEAD = 2;

    private final ReplicationSplit split;
    private final SplitCursor cursor;
    private int pagesNotEmitted;
    private boolean callUnderWay;
    private boolean paused;
    private boolean stopped;

    ActiveSplit(ReplicationSplit split, SplitCursor cursor) {
        this.split = split;
        this.cursor = cursor;
    }

    String id() {
        return split.splitId();
    }

    ReplicationSplit split() {
        return split;
    }

    SplitCursor cursor() {
        return cursor;
    }

    /** Whether only time stands between the split and its next call. */
    boolean mayCall() {
        return !callUnderWay && !paused && !stopped && pagesNotEmitted < PAGES_AHEAD;
    }

    void callStarted() {
        callUnderWay = true;
    }

    void callEnded() {
        callUnderWay = false;
    }

    void pageFetched() {
        pagesNotEmitted++;
    }

    void pageEmitted() {
        pagesNotEmitted--;
    }

    /** No record will be added to it. */
    void shardClosed() {
        if (cursor instanceof ShardCursor shard) {
            shard.closed();
        }
    }

    /** No call follows, though the split has not ended. */
    void stop() {
        stopped = true;
    }

    void pause(boolean pause) {
        paused = pause;
    }
}
