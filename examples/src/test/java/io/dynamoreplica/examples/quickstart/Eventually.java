/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.examples.quickstart;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Assertions about what other threads and processes do, repeated until they pass. */
final class Eventually {

    /** Only a failure takes so long. */
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private Eventually() {}

    /** Assertions that may also find out that there is no use in waiting any longer. */
    interface Assertions {
        /**
         * @throws AssertionError if it may still become true
         * @throws Exception if it never will
         */
        void check() throws Exception;
    }

    /** Returns once they pass, and fails as they do if that takes too long. */
    static void passes(Assertions assertions) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                assertions.check();
                return;
            } catch (AssertionError notYet) {
                if (System.nanoTime() >= deadline) {
                    throw notYet;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }
}
