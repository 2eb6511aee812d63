/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.cluster;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Says on stdout how far a run is, and waits for what is to come: never without end or in silence.
 */
final class RunProgress {

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration SAY_EVERY = Duration.ofSeconds(5);

    private final String run;
    private final long began = System.nanoTime();

    RunProgress(String run) {
        this.run = run;
    }

    /** Something that will be true. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    /** How things stand, for people. */
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
     * @param what is waited for
     * @throws AssertionError if it does not come within the limit; it says how things stood
     */
    void await(String what, Duration limit, State state, Condition condition) throws Exception {
        say("waiting for: " + what);
        long start = System.nanoTime();
        long said = start;
        while (!condition.holds()) {
            long now = System.nanoTime();
            if (now - start > limit.toNanos()) {
                throw new AssertionError("Not within " + limit + ": " + what + ". At the end: " + state.now());
            }
            if (now - said > SAY_EVERY.toNanos()) {
                say("  " + state.now());
                said = now;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        say("  there: " + state.now());
    }
}
