/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.reader.cursor.ShardCursor;
import io.dynamoreplica.flink.reader.cursor.SplitCursor;
import io.dynamoreplica.flink.split.ReplicationSplit;

/**
 * A split that is being read, with the reasons for which its next call may have to wait. Used only
 * by the fetcher's thread.
 */
final class ActiveSplit {

    /**
     * One page that is being emitted, and one that can follow immediately. More pages would only take
     * memory from other splits.
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

    /** Returns whether the next call only has to wait until it is due. */
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

    /** Tells the cursor that no record will be added to the shard. */
    void shardClosed() {
        if (cursor instanceof ShardCursor shard) {
            shard.closed();
        } else {
            throw new IllegalStateException("Split %s is no shard, so it cannot be closed".formatted(id()));
        }
    }

    /** Stops all calls, although the split has not ended. */
    void stop() {
        stopped = true;
    }

    void pause(boolean pause) {
        paused = pause;
    }
}
