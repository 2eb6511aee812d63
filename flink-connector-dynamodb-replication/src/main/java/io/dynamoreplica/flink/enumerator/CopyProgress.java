/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.protocol.Phase;
import io.dynamoreplica.flink.protocol.ProtocolState;
import io.dynamoreplica.flink.protocol.SplitLedger;
import io.dynamoreplica.flink.protocol.TableState;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * The progress of the copies, as gauges with the names and types that Flink CDC uses, so that its dashboards show this
 * source too. Flink CDC registers them in {@code SourceEnumeratorMetrics}.
 *
 * <p>For the source: {@code isSnapshotting} and {@code isStreamReading} (0 or 1), {@code numTablesSnapshotted} and
 * {@code numTablesRemaining}. A table counts as snapshotted when its copy is complete, as Flink CDC documents it.
 * (Flink CDC's code already counts a table whose first split was assigned.)
 *
 * <p>For the source, and for each table in the group {@code table}: {@code numSnapshotSplitsProcessed} (segments that
 * were assigned to a reader, including those that have ended) and {@code numSnapshotSplitsRemaining} (segments that
 * were not assigned yet).
 *
 * <p>The coordinator thread gives the state. Any thread reads the gauges.
 */
final class CopyProgress {

    private volatile Map<String, TableState> tables;

    CopyProgress(LastingMetrics metrics, ProtocolState initial) {
        this.tables = initial.tables();
        metrics.gauge("isSnapshotting", () -> count(CopyProgress::isCopyMissing) > 0 ? 1 : 0);
        metrics.gauge("isStreamReading", () -> count(table -> table.phase() == Phase.STREAMING) > 0 ? 1 : 0);
        metrics.gauge("numTablesSnapshotted", () -> count(CopyProgress::hasCopy));
        metrics.gauge("numTablesRemaining", () -> count(CopyProgress::isCopyMissing));
        registerSegments(metrics, () -> tables.values());
        tables.keySet().forEach(name -> registerSegments(metrics.in("table", name), () -> List.of(tables.get(name))));
    }

    private static void registerSegments(LastingMetrics group, Supplier<Collection<TableState>> tables) {
        group.gauge("numSnapshotSplitsProcessed", () -> sum(tables.get(), CopyProgress::processed));
        group.gauge("numSnapshotSplitsRemaining", () -> sum(tables.get(), SplitLedger::waitingSegments));
    }

    void stateChanged(ProtocolState state) {
        tables = state.tables();
    }

    private int count(Predicate<TableState> which) {
        return (int) tables.values().stream().filter(which).count();
    }

    private static boolean isCopyMissing(TableState table) {
        return table.start().scans() && !hasCopy(table);
    }

    /** Returns whether the current copy of the table is complete. */
    private static boolean hasCopy(TableState table) {
        return table.start().scans()
                && switch (table.phase()) {
                    case FENCED, STREAMING, RESTING, DONE -> true;
                    // The copy stays valid if the table only changes to another stream.
                    case WITHDRAWING, DESCRIBING, ANCHORING, SETTLING, SCANNING, VERIFYING ->
                        table.copy().renewal().withoutScan();
                };
    }

    private static int sum(Collection<TableState> tables, ToIntFunction<SplitLedger> segments) {
        return tables.stream().map(TableState::splits).mapToInt(segments).sum();
    }

    private static int processed(SplitLedger splits) {
        return splits.segments() - splits.waitingSegments();
    }
}
