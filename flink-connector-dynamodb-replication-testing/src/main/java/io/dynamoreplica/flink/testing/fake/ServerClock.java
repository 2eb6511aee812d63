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
 * DynamoDB's own time. Stands still until it is told otherwise, so that nothing a test sees depends
 * on how fast it ran.
 */
public final class ServerClock implements InstantSource {

    /** When it stands still at first. */
    public static final Instant BEGIN = Instant.parse("2025-03-01T12:00:00.250Z");

    private final AtomicReference<InstantSource> source = new AtomicReference<>(InstantSource.fixed(BEGIN));

    @Override
    public Instant instant() {
        return source.get().instant();
    }

    /** Stands still at this time. */
    public void set(Instant now) {
        source.set(InstantSource.fixed(now));
    }

    /** Moves on at once; a clock that runs keeps running. */
    public void advance(Duration by) {
        source.updateAndGet(before -> InstantSource.offset(before, by));
    }

    /** Runs on from the present time, so many times as fast as the machine's clock. */
    public void runFast(int times) {
        Instant from = instant();
        Instant since = Instant.now();
        source.set(() -> from.plus(Duration.between(since, Instant.now()).multipliedBy(times)));
    }

    /** Runs on with the machine's clock, this far ahead of it. */
    public void run(Duration aheadOfMachine) {
        source.set(InstantSource.offset(Clock.systemUTC(), aheadOfMachine));
    }
}
