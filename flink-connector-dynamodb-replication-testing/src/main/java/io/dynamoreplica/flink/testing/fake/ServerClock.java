/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * DynamoDB's own clock. It stands still until a test changes it, so that the result of a test does
 * not depend on how fast it ran.
 */
public final class ServerClock implements InstantSource {

    /** The time at which the clock stands still at first. */
    public static final Instant BEGIN = Instant.parse("2025-03-01T12:00:00.250Z");

    private final AtomicReference<InstantSource> source = new AtomicReference<>(InstantSource.fixed(BEGIN));

    @Override
    public Instant instant() {
        return source.get().instant();
    }

    /** Sets the clock to this time and stops it. */
    public void set(Instant now) {
        source.set(InstantSource.fixed(now));
    }

    /** Moves the clock forward immediately. A running clock keeps running. */
    public void advance(Duration by) {
        source.updateAndGet(before -> InstantSource.offset(before, by));
    }

    /** Lets the clock run from the present time, this many times as fast as the machine's clock. */
    public void runFast(int times) {
        Instant from = instant();
        Instant since = Instant.now();
        source.set(() -> from.plus(Duration.between(since, Instant.now()).multipliedBy(times)));
    }

    /** Lets the clock run with the machine's clock, this far ahead of it. */
    public void run(Duration aheadOfMachine) {
        source.set(InstantSource.offset(Clock.systemUTC(), aheadOfMachine));
    }
}
