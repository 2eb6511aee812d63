/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.AbortedException;

/** Keeps calls some time apart, whichever threads make them; the first one never waits. */
final class CallPace {

    private final long gapNanos;

    /** When the next call may begin; guarded by this. */
    private long nextNanos = System.nanoTime();

    CallPace(Duration gap) {
        this.gapNanos = gap.toNanos();
    }

    /**
     * Waits for the caller's turn.
     *
     * @throws AbortedException if interrupted; the turn is lost
     */
    void awaitTurn() {
        try {
            TimeUnit.NANOSECONDS.sleep(reserve());
        } catch (InterruptedException e) {
            throw AbortedException.create("Interrupted before a call", e);
        }
    }

    /** How long from now the turn comes; zero or less for at once. */
    private synchronized long reserve() {
        long now = System.nanoTime();
        long turn = Math.max(0, nextNanos - now);
        nextNanos = now + turn + gapNanos;
        return turn;
    }
}
