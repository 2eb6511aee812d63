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
 * Warns of a table that waits for a checkpoint which does not come. A source cannot see whether
 * checkpoints are on, and a table that waits looks well: it reads nothing, and nothing fails. Used
 * by the coordinator thread, except where it says otherwise.
 */
final class FenceWatch {

    private static final Logger LOG = LoggerFactory.getLogger(FenceWatch.class);

    /** After this wait comes the first warning: a job without checkpoints is soon noticed. */
    static final Duration FIRST = Duration.ofMinutes(1);

    /** Time between two warnings of one wait. */
    static final Duration AGAIN = Duration.ofMinutes(10);

    /** How often to look if nothing else happens; the warnings are late by that much at most. */
    static final Duration LOOK = Duration.ofSeconds(5);

    private final LongSupplier nanoTime;
    private final Consumer<String> warnings;

    /** By table that waits. Written by the coordinator thread alone, read by any. */
    private final Map<String, Wait> waits = new ConcurrentHashMap<>();

    /** Another phase or epoch of the same table is another wait. */
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
     * @param nanoTime as {@link System#nanoTime}: what the wall clock does is no wait
     * @param warnings takes a message after the first minute of a wait, and then one each ten
     *     minutes
     */
    FenceWatch(LongSupplier nanoTime, Consumer<String> warnings) {
        this.nanoTime = nanoTime;
        this.warnings = warnings;
    }

    /** To be told of all tables whenever something has happened, or a while has passed. */
    void look(Collection<TableState> tables) {
        for (TableState table : tables) {
            if (table.phase().isFence()) {
                look(table);
            } else {
                waits.remove(table.table());
            }
        }
    }

    private void look(TableState table) {
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
        return "Table %s has waited for a checkpoint for %d min (%s, epoch %d). Nothing of this table is read until a checkpoint completes that began after this wait. Set 'execution.checkpointing.interval' if it is not set; if it is, look in Flink's log or web interface whether checkpoints fail or never end."
                .formatted(table.table(), waited.toMinutes(), table.phase().words(), table.epoch());
    }

    /** Any thread. For how long the table has waited for a checkpoint; zero if it does not wait. */
    Duration waited(String table) {
        Wait wait = waits.get(table);
        return wait == null ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - wait.since);
    }
}
