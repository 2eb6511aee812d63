/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.protocol.Phase;
import io.dynamoreplica.flink.protocol.TableState;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watch over tables that wait for a checkpoint, or for readers that have to drop their splits. It warns if the wait
 * is long. A source cannot see whether checkpoints are enabled, and nothing fails while a table waits. Used by the
 * coordinator thread, except where a method says otherwise.
 */
final class FenceWatch {

    private static final Logger LOG = LoggerFactory.getLogger(FenceWatch.class);

    /** The wait before the first warning. Chosen short, so that a job without checkpoints is noticed soon. */
    static final Duration FIRST = Duration.ofMinutes(1);

    /** The time between two warnings about one wait. */
    static final Duration AGAIN = Duration.ofMinutes(10);

    /** The time between two checks if nothing else happens. Warnings are at most this late. */
    static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);

    private final LongSupplier nanoTime;
    private final Consumer<String> warnings;

    /** By table. Written by the coordinator thread, read by any thread. */
    private final Map<String, Wait> waits = new ConcurrentHashMap<>();

    /** A table's wait in one phase of one epoch. */
    private static final class Wait {
        private final Phase phase;
        private final long epoch;
        private final long since;
        private Duration nextWarning = FIRST;

        private Wait(TableState table, long since) {
            this.phase = table.phase();
            this.epoch = table.epoch();
            this.since = since;
        }

        private boolean isOf(TableState table) {
            return phase == table.phase() && epoch == table.epoch();
        }
    }

    FenceWatch() {
        this(System::nanoTime, LOG::warn);
    }

    /**
     * @param nanoTime as {@link System#nanoTime}, because the wall clock can jump
     * @param warnings takes a message after the first minute of a wait, and then every ten minutes
     */
    FenceWatch(LongSupplier nanoTime, Consumer<String> warnings) {
        this.nanoTime = nanoTime;
        this.warnings = warnings;
    }

    /** Takes the state of all tables, after each event and at regular times. */
    void check(Collection<TableState> tables) {
        for (TableState table : tables) {
            if (table.phase().isFence()) {
                check(table);
            } else {
                waits.remove(table.table());
            }
        }
    }

    private void check(TableState table) {
        long now = nanoTime.getAsLong();
        Wait wait = waits.compute(
                table.table(), (name, before) -> before != null && before.isOf(table) ? before : new Wait(table, now));
        Duration waited = Duration.ofNanos(now - wait.since);
        if (waited.compareTo(wait.nextWarning) >= 0) {
            wait.nextWarning = waited.plus(AGAIN);
            warnings.accept(warning(table, waited));
        }
    }

    private static String warning(TableState table, Duration waited) {
        boolean withdrawing = table.phase() == Phase.WITHDRAWING;
        String condition = withdrawing
                ? """
                every reader has dropped its splits of the last copy and, with 'scan.snapshot.hand-over' = \
                'checkpoint', a checkpoint completes that began after that"""
                : "a checkpoint completes that began after the start of this wait";
        return """
                Table %s has waited for %s for %d min (%s, epoch %d). Nothing of this table is read until %s. Set \
                'execution.checkpointing.interval' if it is not set. If it is set, look in Flink's log or web \
                interface whether checkpoints fail or never end."""
                .formatted(
                        table.table(),
                        withdrawing ? "its readers or a checkpoint" : "a checkpoint",
                        waited.toMinutes(),
                        table.phase().words(),
                        table.epoch(),
                        condition);
    }

    /**
     * Returns how long the table has waited in a phase that is a {@link Phase#isFence fence}; zero in other phases.
     * Called by any thread.
     */
    Duration waited(String table) {
        Wait wait = waits.get(table);
        return wait == null ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - wait.since);
    }
}
