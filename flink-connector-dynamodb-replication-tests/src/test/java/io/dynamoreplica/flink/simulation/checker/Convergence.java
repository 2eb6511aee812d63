/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.checker;

import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.TableState;
import io.dynamoreplica.flink.simulation.engine.Element.Row;
import io.dynamoreplica.flink.simulation.engine.Job;
import io.dynamoreplica.flink.simulation.engine.Observation;
import io.dynamoreplica.flink.simulation.engine.Replicated;
import io.dynamoreplica.flink.simulation.world.Truth.Change;
import io.dynamoreplica.flink.split.ItemKey;
import io.dynamoreplica.flink.split.ShardSplit;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The checker of P1: when writes stop, the replica equals the table, after rows of older epochs are
 * removed. If the startup mode copies nothing, only the items count that changed since the start. If a
 * gap was ignored, only the items count whose last change was read. A copy without a stream has images
 * that the items had at some time during the copy.
 */
public final class Convergence implements Checker {

    private final IgnoredGaps ignored = new IgnoredGaps();

    @Override
    public void observe(Observation observation, Job job) {
        ignored.observe(observation);
    }

    @Override
    public void atEnd(Job job) {
        Map<Row, Replicated> replica = job.downstream().replica();
        for (TableState table : job.coordinator().tables().values()) {
            Map<ItemKey, Replicated> held = new HashMap<>();
            replica.forEach((row, replicated) -> {
                if (row.table().equals(table.table()) && replicated.last().epoch() == table.epoch()) {
                    held.put(row.key(), replicated);
                }
            });
            compare(job, table, held);
        }
    }

    private void compare(Job job, TableState table, Map<ItemKey, Replicated> held) {
        Map<ItemKey, MapItem> contents = job.world().contents(table.table());
        Set<ItemKey> keys = new HashSet<>(held.keySet());
        if (table.start().scans()) {
            keys.addAll(contents.keySet());
        }
        Set<String> different = new TreeSet<>();
        for (ItemKey key : keys) {
            MapItem row = held.containsKey(key) ? held.get(key).last().image().orElse(null) : null;
            boolean same = row == null ? !contents.containsKey(key) : row.equals(contents.get(key));
            if (!same && counts(job, table, key, row)) {
                different.add(key + " is " + contents.get(key) + ", not " + row);
            }
        }
        expect(different.isEmpty(), table.table() + ": " + different);
    }

    /** @param row the row of the replica; null if it has none */
    private boolean counts(Job job, TableState table, ItemKey key, MapItem row) {
        List<Change> changes = job.world().truth().changes(table.table(), key);
        if (table.start() == StartupMode.SNAPSHOT) {
            return !wasSince(table.epoch() * 1000, changes, row);
        }
        if (table.start() == StartupMode.EARLIEST_OFFSET && isLastTrimmed(job, changes)) {
            return false;
        }
        return !ignored.in(table.table())
                || (!changes.isEmpty() && wasRead(job, table, changes.get(changes.size() - 1)));
    }

    /** Tells whether the item had this image at any time since then. */
    private static boolean wasSince(long time, List<Change> changes, MapItem row) {
        for (int i = 0; i < changes.size(); i++) {
            boolean over = i + 1 < changes.size() && changes.get(i + 1).time() < time;
            if (!over && Optional.ofNullable(row).equals(changes.get(i).image())) {
                return true;
            }
        }
        return row == null && (changes.isEmpty() || changes.get(0).time() >= time);
    }

    /**
     * Tells whether the last change was trimmed. A start from the oldest record needs only the records that the
     * stream has when the reader begins.
     */
    private static boolean isLastTrimmed(Job job, List<Change> changes) {
        return !changes.isEmpty()
                && changes.get(changes.size() - 1)
                        .shard()
                        .filter(shard -> isTrimmed(job, shard, changes.get(changes.size() - 1)))
                        .isPresent();
    }

    /**
     * Tells whether the change was read. The change is trimmed now, and that may have happened before it was read.
     */
    private static boolean wasRead(Job job, TableState table, Change last) {
        return last.shard()
                .filter(shard -> shard.streamArn().equals(table.identity().streamArn()))
                .filter(shard -> !isTrimmed(job, shard, last))
                .map(shard -> ShardSplit.idOf(table.table(), table.epoch(), shard.shardId()))
                .filter(splitId -> new BigInteger(last.sequenceNumber())
                                .compareTo(job.emitted(splitId).last())
                        <= 0)
                .isPresent();
    }

    private static boolean isTrimmed(Job job, ShardKey shard, Change change) {
        String trimmed = job.world().truth().shard(shard).orElseThrow().lastTrimmed();
        return !trimmed.isEmpty() && new BigInteger(trimmed).compareTo(new BigInteger(change.sequenceNumber())) >= 0;
    }
}
