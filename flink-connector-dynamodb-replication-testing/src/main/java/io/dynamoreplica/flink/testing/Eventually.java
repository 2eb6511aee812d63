/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A wait until other threads or processes have done what a test expects. It fails after a limit.
 */
public final class Eventually {

    /** The default limit: ten times what any test here takes on a quiet machine. */
    public static final Duration LIMIT = Duration.ofSeconds(60);

    /**
     * The limit for a started process. It is longer because the process may have to start first.
     */
    private static final Duration PROCESS_LIMIT = Duration.ofSeconds(90);

    private static final long SHORTEST_PAUSE_NANOS = Duration.ofMillis(1).toNanos();
    private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(20).toNanos();

    /** A condition that is expected to become true. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws Exception;
    }

    /** Assertions that are expected to pass at some time. */
    @FunctionalInterface
    public interface Assertions {
        /**
         * Checks the assertions.
         *
         * @throws AssertionError if they may still pass later
         * @throws Exception if they can never pass
         */
        void check() throws Exception;
    }

    /**
     * Returns as soon as the condition holds.
     *
     * @param what the condition in words, for the failure
     * @throws AssertionError if it does not hold within a minute
     */
    public static void holds(String what, Condition condition) {
        holds(what, LIMIT, condition);
    }

    /** Waits as {@link #holds(String, Condition)} does, with another limit. */
    public static void holds(String what, Duration limit, Condition condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        long pause = SHORTEST_PAUSE_NANOS;
        while (!isTrue(condition)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Did not happen within " + limit + ": " + what);
            }
            pause = rest(pause);
        }
    }

    /**
     * Returns as soon as the assertions pass. After the limit, throws the failure of the last
     * check.
     */
    public static void passes(Assertions assertions) throws Exception {
        long deadline = System.nanoTime() + PROCESS_LIMIT.toNanos();
        long pause = SHORTEST_PAUSE_NANOS;
        while (true) {
            try {
                assertions.check();
                return;
            } catch (AssertionError notYet) {
                if (System.nanoTime() >= deadline) {
                    throw notYet;
                }
                pause = rest(pause);
            }
        }
    }

    private static boolean isTrue(Condition condition) {
        try {
            return condition.holds();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("The condition could not be checked", e);
        }
    }

    /** Waits, and returns how long to wait the next time. */
    private static long rest(long nanos) {
        LockSupport.parkNanos(nanos);
        return Math.min(2 * nanos, LONGEST_PAUSE_NANOS);
    }

    private Eventually() {}
}
