/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.job;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what a test expects, and fails when it does not come. */
public final class Eventually {

    /** Ten times what anything here takes on a quiet machine. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    /** Something that will be true. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws Exception;
    }

    /**
     * Returns as soon as the condition holds.
     *
     * @param what that is, for the failure
     * @throws AssertionError if it does not within a minute
     */
    public static void holds(String what, Condition condition) {
        holds(what, LIMIT, condition);
    }

    /** As {@link #holds(String, Condition)}, for what takes longer. */
    public static void holds(String what, Duration limit, Condition condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!isTrue(condition)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not within " + limit + ": " + what);
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private static boolean isTrue(Condition condition) {
        try {
            return condition.holds();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("The condition could not be looked at", e);
        }
    }

    private Eventually() {}
}
