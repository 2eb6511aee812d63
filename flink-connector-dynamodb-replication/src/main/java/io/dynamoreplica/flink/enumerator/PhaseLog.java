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
 * The log and the gauges of each table's phase. They show, for example, that a table waits for a checkpoint. Written by
 * the coordinator thread. Any thread reads the gauges.
 *
 * <p>For each table, in the group {@code table}: {@code phase} ({@link Phase#number}), {@code epoch}, {@code
 * waitingForCheckpoint} (0 or 1), {@code checkpointWaitTime} (milliseconds), {@code retentionHeadroom} (seconds, of
 * shards that wait for a reader).
 */
final class PhaseLog {

    private static final Logger LOG = LoggerFactory.getLogger(PhaseLog.class);

    private final LastingMetrics metrics;
    private final FenceWatch fences;
    private final Map<String, TableState> latest = new ConcurrentHashMap<>();
    private final Map<String, WaitingShardsHeadroom> waitingShards = new ConcurrentHashMap<>();

    /**
     * @param group also takes Flink's own gauge of splits that wait for a reader
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

    void stateChanged(ProtocolState before, ProtocolState after) {
        after.tables().forEach((name, table) -> {
            TableState seen = latest.put(name, table);
            if (seen == null) {
                register(name);
                LOG.info("Table {}: {} in epoch {}", name, table.phase().words(), table.epoch());
            }
            if (seen == null || headroomCanChange(seen, table)) {
                waitingShards.get(name).stateChanged(table);
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

    /**
     * Returns whether the headroom can have changed. The computation of the headroom reads all splits and takes longer
     * than most events.
     */
    private static boolean headroomCanChange(TableState seen, TableState now) {
        return seen.splits() != now.splits() || seen.stream() != now.stream();
    }

    private static String hint(TableState table) {
        return switch (table.phase()) {
            case FENCED -> ". It continues when a checkpoint that begins now has completed";
            case WITHDRAWING ->
                """
                . It continues when every reader has dropped its splits of the last copy and, with \
                'scan.snapshot.hand-over' = 'checkpoint', a checkpoint that begins after that has completed""";
            default -> "";
        };
    }

    private void register(String table) {
        LastingMetrics group = metrics.in("table", table);
        group.gauge("phase", () -> latest.get(table).phase().number());
        group.gauge("epoch", () -> latest.get(table).epoch());
        group.gauge("checkpointWaitTime", () -> fences.waited(table).toMillis());
        group.gauge("waitingForCheckpoint", () -> latest.get(table).phase().isFence() ? 1 : 0);
        WaitingShardsHeadroom waiting = new WaitingShardsHeadroom(table, System::nanoTime);
        waitingShards.put(table, waiting);
        group.gauge("retentionHeadroom", waiting::seconds);
    }
}
