/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.faketime;

import io.dynamoreplica.flink.testing.Eventually.Condition;
import java.time.Duration;
import java.util.function.Supplier;

/** A condition that prints the state of a long wait to stdout every ten seconds. */
final class PrintedWait implements Condition {

    private static final long EVERY_NANOS = Duration.ofSeconds(10).toNanos();

    private final Supplier<String> state;
    private final Condition condition;
    private final long began = System.nanoTime();
    private long next = began;

    private PrintedWait(Supplier<String> state, Condition condition) {
        this.state = state;
        this.condition = condition;
    }

    static Condition of(Supplier<String> state, Condition condition) {
        return new PrintedWait(state, condition);
    }

    @Override
    public boolean holds() throws Exception {
        if (System.nanoTime() >= next) {
            next += EVERY_NANOS;
            long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
            System.out.println(seconds + " s: " + state.get());
        }
        return condition.holds();
    }
}
