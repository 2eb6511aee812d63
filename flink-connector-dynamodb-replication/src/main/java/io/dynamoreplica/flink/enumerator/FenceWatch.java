/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.protocol.Phase;
import io.dynamoreplica.flink.protocol.TableState;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of a table that waits for a checkpoint which does not come. A source cannot see whether
 * checkpoints are on, and a table that waits looks well: it reads nothing, and nothing fails. Used
 * by the coordinator thread.
 */
final class FenceWatch {

    private static final Logger LOG = LoggerFactory.getLogger(FenceWatch.class);

    /** Well above what a checkpoint takes, and well below what the stream keeps. */
    static final Duration LONG = Duration.ofMinutes(10);

    private final LongSupplier nanoTime;
    private final Consumer<String> warnings;

    /** By table that waits. */
    private final Map<String, Wait> waits = new HashMap<>();

    /** Another phase or epoch of the same table is another wait. */
    private static final class Wait {
        private final Phase phase;
        private final long epoch;
        private final long since;
        private boolean told;

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
     * @param warnings takes one message for each wait that is long
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
        Wait wait =
                waits.compute(
                        table.table(),
                        (name, before) ->
                                before != null && before.isOf(table)
                                        ? before
                                        : new Wait(table, now));
        Duration waited = Duration.ofNanos(now - wait.since);
        if (!wait.told && waited.compareTo(LONG) > 0) {
            wait.told = true;
            warnings.accept(
                    "Table %s has waited for a checkpoint for %d minutes (%s, epoch %d): nothing of it goes on before one completes that began after this wait. Check that 'execution.checkpointing.interval' is set, and in Flink's log or web interface whether checkpoints fail or never end."
                            .formatted(
                                    table.table(),
                                    waited.toMinutes(),
                                    table.phase(),
                                    table.epoch()));
        }
    }
}
