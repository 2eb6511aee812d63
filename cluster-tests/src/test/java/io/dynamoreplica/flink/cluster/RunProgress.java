/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.cluster;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The progress of a run, printed to stdout, with waits for its next events. A wait always has a
 * limit and always prints its state.
 */
final class RunProgress {

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration SAY_EVERY = Duration.ofSeconds(5);

    private final String run;
    private final long began = System.nanoTime();

    RunProgress(String run) {
        this.run = run;
    }

    /** A condition that is expected to become true. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    /** A description of the current state, for people. */
    @FunctionalInterface
    interface State {
        String now() throws Exception;
    }

    void say(String what) {
        System.out.printf("[%s %4d s] %s%n", run, seconds(), what);
    }

    long seconds() {
        return Duration.ofNanos(System.nanoTime() - began).toSeconds();
    }

    /**
     * Returns as soon as the condition holds.
     *
     * @param what the condition in words
     * @throws AssertionError if it does not hold within the limit; the message contains the last
     *     state
     */
    void await(String what, Duration limit, State state, Condition condition) throws Exception {
        say("waiting for: " + what);
        long start = System.nanoTime();
        long said = start;
        while (!condition.holds()) {
            long now = System.nanoTime();
            if (now - start > limit.toNanos()) {
                throw new AssertionError(
                        "Did not happen within " + limit + ": " + what + ". Last state: " + state.now());
            }
            if (now - said > SAY_EVERY.toNanos()) {
                say("  " + state.now());
                said = now;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        say("  done: " + state.now());
    }
}
