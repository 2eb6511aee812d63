/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.world;

import java.util.List;

/** The time before the job starts: minutes or days of writes and roll-overs. */
final class InitialHistory {

    /** Chosen so that some records are older than the margin before an anchor, and some are not. */
    private static final long REST = 40_000;

    private static final long LONG_REST = 60 * StreamRetention.HOUR;

    private final Conditions conditions;
    private final VirtualTimers timers;
    private final Writer writer;

    InitialHistory(Conditions conditions, VirtualTimers timers, Writer writer) {
        this.conditions = conditions;
        this.timers = timers;
        this.writer = writer;
    }

    void of(List<WorldTable> tables) {
        int bursts = conditions.plan().tables().keys();
        int beforeLongRest = conditions.happens(20) ? conditions.below(bursts) : bursts;
        for (int burst = 0; burst < bursts; burst++) {
            WorldTable table = conditions.any(tables);
            writer.burst(table, timers.now());
            if (conditions.happens(10)) {
                table.stream().orElseThrow().rollOver(timers.now());
            }
            timers.pass(conditions.upTo(burst == beforeLongRest ? LONG_REST : REST), () -> {});
        }
        if (conditions.happens(50)) {
            WorldTable table = conditions.any(tables);
            table.stream().orElseThrow().rollOverOften(timers.now(), () -> write(table));
            // With this, the first listing shows some of these shards and not others.
            timers.pass(conditions.upTo(conditions.plan().listings().lagMillis()), () -> {});
        }
    }

    private void write(WorldTable table) {
        writer.burst(table, timers.now());
    }
}
