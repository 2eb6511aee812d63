/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.ProtocolAction.SendNothingToRead;
import io.dynamoreplica.flink.protocol.SplitStatus.Ended;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The readers that must not hold back the watermark: readers without a split, after every split that
 * can be read has a reader.
 *
 * <p>Before that, a reader without a split must hold back the watermark. It may soon be given a shard
 * whose changes are hours older than the changes that other readers emit meanwhile.
 *
 * <p>A reader is told when it becomes idle. A new attempt of a reader is told when it reports. So the
 * state need not remember which readers were told.
 */
final class IdleReaders {

    private final Map<String, TableRules> rules;

    IdleReaders(Map<String, TableRules> rules) {
        this.rules = rules;
    }

    /**
     * Returns the messages to readers that are idle now and were not told.
     *
     * @param event the event that led from one state to the other
     */
    List<SendNothingToRead> toTell(ProtocolState before, ProtocolState after, ProtocolEvent event) {
        if (isUnchanged(before, after)) {
            return List.of();
        }
        Set<Integer> known = of(before);
        return of(after).stream()
                .filter(subtask -> !known.contains(subtask) || event.isReportOf(subtask))
                .map(SendNothingToRead::new)
                .toList();
    }

    /**
     * Returns whether the event cannot have changed which readers are idle. Most events change no split,
     * and a search through the splits costs more than such an event.
     */
    private static boolean isUnchanged(ProtocolState before, ProtocolState after) {
        return before.readers().equals(after.readers())
                && after.tables().values().stream()
                        .allMatch(table -> isUnchanged(before.tables().get(table.table()), table));
    }

    private static boolean isUnchanged(TableState before, TableState after) {
        return before.splits() == after.splits()
                && before.phase() == after.phase()
                && before.pending().delaysCopy() == after.pending().delaysCopy()
                && before.pending().leafListings() == after.pending().leafListings();
    }

    private Set<Integer> of(ProtocolState job) {
        if (!job.readers().allReported() || !job.tables().values().stream().allMatch(this::isPlaced)) {
            return Set.of();
        }
        Set<Integer> idle = new TreeSet<>(job.readers().open());
        for (TableState table : job.tables().values()) {
            idle.removeAll(table.splits().segmentsByReader().keySet());
            idle.removeAll(table.splits().shardsByReader().keySet());
        }
        return idle;
    }

    /**
     * Returns whether a reader that has no split of this table will get none of it soon: every shard that is
     * not read yet comes after a shard that is read.
     */
    private boolean isPlaced(TableState table) {
        return switch (table.phase()) {
            case STREAMING ->
                table.pending().leafListings() == 0
                        && table.splits().unassignedShards().noneMatch(shard -> isNext(table, shard));
            case RESTING, DONE -> true;
            case WITHDRAWING, DESCRIBING, ANCHORING, SETTLING, SCANNING, VERIFYING, FENCED ->
                table.pending().delaysCopy();
        };
    }

    /** Returns whether the shard can be read as soon as it has a reader. */
    private boolean isNext(TableState table, ShardSplit shard) {
        boolean closedOnly = rules.get(table.table()).stream().closedShardsOnly();
        Optional<ShardNode> node = table.lineage().find(shard.shardId());
        if (closedOnly && node.filter(ShardReadiness::mayBeWrittenTo).isPresent()) {
            return false;
        }
        return node.flatMap(known -> known.shard().parent())
                .flatMap(table.lineage()::find)
                .filter(parent -> !parent.skipped())
                .flatMap(parent -> table.statusOf(parent.shard().shardId()))
                .filter(status -> !(status instanceof Ended))
                .isEmpty();
    }
}
