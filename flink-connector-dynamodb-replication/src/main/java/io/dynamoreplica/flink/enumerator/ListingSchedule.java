/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.protocol.ProtocolAction.ListShards;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps the listings of a stream from piling up: one at a time, and none waiting when one is due no
 * later. A table whose stream was replaced asks for another one, which must not wait for the old
 * one's. DescribeStream is limited to 10 calls a second for the whole account. Used by several
 * threads.
 */
final class ListingSchedule {

    private static final long NONE = Long.MAX_VALUE;

    /** By ARN. */
    private final Map<String, Stream> streams = new HashMap<>();

    private static final class Stream {
        private long shortestDelay = NONE;
        private boolean underWay;
    }

    /** Whether a listing asked for now is worth scheduling. */
    synchronized boolean mayAsk(ListShards action) {
        Stream stream = streams.computeIfAbsent(action.streamArn(), arn -> new Stream());
        if (stream.underWay || stream.shortestDelay <= action.delay()) {
            return false;
        }
        stream.shortestDelay = action.delay();
        return true;
    }

    /**
     * Whether a listing whose time has come is to be made; one that was overtaken by a sooner one
     * is not.
     */
    synchronized boolean begin(ListShards action) {
        Stream stream = streams.get(action.streamArn());
        if (stream.underWay || stream.shortestDelay != action.delay()) {
            return false;
        }
        stream.underWay = true;
        stream.shortestDelay = NONE;
        return true;
    }

    synchronized void end(ListShards action) {
        streams.get(action.streamArn()).underWay = false;
    }
}
