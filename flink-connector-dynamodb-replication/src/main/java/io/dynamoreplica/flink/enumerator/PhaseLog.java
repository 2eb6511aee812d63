/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.protocol.Phase;
import io.dynamoreplica.flink.protocol.ProtocolState;
import io.dynamoreplica.flink.protocol.TableState;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows in the log and as metrics where each table stands, so that a table that waits for a
 * checkpoint is seen to wait.
 *
 * <p>Per table, in the group {@code table}: {@code phase} (position in {@link Phase}), {@code
 * epoch}, {@code waitingForCheckpoint} (0 or 1), {@code checkpointWaitTime} (milliseconds), {@code
 * retentionHeadroom} (seconds, of shards that wait for a reader).
 */
final class PhaseLog {

    private static final Logger LOG = LoggerFactory.getLogger(PhaseLog.class);

    private final LastingMetrics metrics;
    private final FenceWatch fences;
    private final Map<String, TableState> latest = new ConcurrentHashMap<>();
    private final Map<String, WaitingShardsHeadroom> headrooms = new ConcurrentHashMap<>();

    /**
     * @param group also takes how many splits wait for a reader, which is Flink's own metric
     */
    PhaseLog(LastingMetrics metrics, SplitEnumeratorMetricGroup group, FenceWatch fences) {
        this.metrics = metrics;
        this.fences = fences;
        metrics.gauge("unassignedSplits", this::unassigned, group::setUnassignedSplitsGauge);
    }

    private long unassigned() {
        return latest.values().stream()
                .mapToLong(table -> table.splits().unassigned())
                .sum();
    }

    void moved(ProtocolState before, ProtocolState after) {
        after.tables().forEach((name, table) -> {
            TableState seen = latest.put(name, table);
            if (seen == null) {
                register(name);
                LOG.info("Table {}: {} in epoch {}", name, table.phase().words(), table.epoch());
            }
            if (seen == null || splitsMoved(seen, table)) {
                headrooms.get(name).moved(table);
            }
            Phase was = before.tables().get(name).phase();
            if (was != table.phase()) {
                LOG.info(
                        "Table {}: {} after {}, epoch {}{}",
                        name,
                        table.phase().words(),
                        was.words(),
                        table.epoch(),
                        hint(table));
            }
        });
    }

    /** Looking through all splits at every event would cost more than most events. */
    private static boolean splitsMoved(TableState seen, TableState now) {
        return seen.splits() != now.splits() || seen.stream() != now.stream();
    }

    private static String hint(TableState table) {
        return switch (table.phase()) {
            case FENCED -> "; goes on once a checkpoint that begins now has completed";
            case WITHDRAWING ->
                "; the next copy begins once readers have dropped this one, and a checkpoint that begins then has"
                        + " completed";
            default -> "";
        };
    }

    private void register(String table) {
        LastingMetrics group = metrics.in("table", table);
        group.gauge("phase", () -> latest.get(table).phase().number());
        group.gauge("epoch", () -> latest.get(table).epoch());
        group.gauge("checkpointWaitTime", () -> fences.waited(table).toMillis());
        group.gauge("waitingForCheckpoint", () -> latest.get(table).phase().isFence() ? 1 : 0);
        WaitingShardsHeadroom headroom = new WaitingShardsHeadroom(table, System::nanoTime);
        headrooms.put(table, headroom);
        group.gauge("retentionHeadroom", headroom::seconds);
    }
}
