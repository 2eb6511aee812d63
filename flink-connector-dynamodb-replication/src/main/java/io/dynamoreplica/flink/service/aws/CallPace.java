/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.AbortedException;

/** The pace of calls: a minimum time between two calls of any threads. The first call never waits. */
final class CallPace {

    private final long gapNanos;

    /** The earliest time of the next call; guarded by this. */
    private long nextNanos = System.nanoTime();

    CallPace(Duration gap) {
        this.gapNanos = gap.toNanos();
    }

    /**
     * Waits until the caller may make its call.
     *
     * @throws AbortedException if interrupted; the call's place is lost
     */
    void await() {
        try {
            TimeUnit.NANOSECONDS.sleep(reserve());
        } catch (InterruptedException e) {
            throw AbortedException.create("Interrupted before a call", e);
        }
    }

    /** Returns the nanoseconds to wait from now; 0 if the call may be made immediately. */
    private synchronized long reserve() {
        long now = System.nanoTime();
        long pause = Math.max(0, nextNanos - now);
        nextNanos = now + pause + gapNanos;
        return pause;
    }
}
