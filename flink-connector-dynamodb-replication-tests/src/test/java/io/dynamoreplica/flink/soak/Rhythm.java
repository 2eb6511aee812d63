/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.soak;

import java.time.Duration;

/** A regular due time. Missed times are not made up for. */
final class Rhythm {

    private final long period;
    private long dueAt;

    private Rhythm(long period) {
        this.period = period;
        this.dueAt = System.nanoTime() + period;
    }

    static Rhythm every(Duration period) {
        return new Rhythm(period.toNanos());
    }

    boolean isDue(long now) {
        if (now < dueAt) {
            return false;
        }
        dueAt = now + period;
        return true;
    }

    long untilDue(long now) {
        return Math.max(0, dueAt - now);
    }
}
