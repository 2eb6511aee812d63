/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.Gap.Range;
import io.dynamoreplica.flink.protocol.ShardNode.ShardRole;
import io.dynamoreplica.flink.protocol.SplitStatus.Unassigned;
import io.dynamoreplica.flink.split.GapCause;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules by which a listing shows that changes were lost. A listing that only lags never shows
 * it. Rules about a missing shard need two complete listings some time apart. The other rules compare
 * times, or find a child that was given to a reader before its parent.
 */
final class GapRules {

    /** Finds the gaps after a listing at {@code now}: the worst first, and one for each shard. */
    static List<Gap> afterListing(TableState state, long now) {
        Set<String> parents = state.lineage().parents();
        Map<String, Gap> byShard = new LinkedHashMap<>();
        List<Gap> found = new ArrayList<>();
        found.addAll(gaps(state, node -> orphan(state, node, now)));
        found.addAll(gaps(state, node -> lateParent(state, node, now)));
        found.addAll(gaps(state, node -> closedLeaf(node, parents, now)));
        found.addAll(agedOut(state, now).toList());
        found.addAll(UnreadShards.lost(state, now));
        found.forEach(gap -> byShard.putIfAbsent(gap.shardId(), gap));
        return List.copyOf(byShard.values());
    }

    /**
     * Finds needed shards that two listings lack. Only a request for an iterator can show whether such
     * a shard is gone.
     */
    static List<ShardSplit> toProbe(TableState state, long now) {
        return state.splits()
                .unassignedShards()
                .filter(split -> !(split.position() instanceof ShardPosition.OldestKept))
                .filter(split -> state.lineage()
                        .find(split.shardId())
                        .filter(node -> !node.isListed())
                        .filter(node -> now - node.seen().absentSince() >= TimeBounds.LISTING_LAG)
                        .isPresent())
                .toList();
    }

    private static List<Gap> gaps(TableState state, Function<ShardNode, Optional<Gap>> rule) {
        return state.lineage().nodes().stream()
                .map(rule)
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Finds a shard whose parent no listing has shown. A shard that appeared after the anchor has a
     * parent that is needed, because that parent, too, appeared after the anchor.
     */
    private static Optional<Gap> orphan(TableState state, ShardNode node, long now) {
        boolean parentUnseen = node.role() == ShardRole.LATER
                && isUnassigned(state, node)
                && !isFromOldestKept(state, node)
                && node.shard()
                        .parent()
                        .filter(parent -> !state.lineage().knows(parent))
                        .isPresent();
        if (!parentUnseen || now - node.seen().first() < TimeBounds.LISTING_LAG) {
            return Optional.empty();
        }
        String shardId = node.shard().shardId();
        String detail = "shard %s names the parent %s, which no listing has shown"
                .formatted(shardId, node.shard().parentShardId());
        return Optional.of(new Gap(GapCause.ORPHAN, shardId, detail, new Range(proofOf(state, node), now)));
    }

    /**
     * Finds a shard of which a child was read first, because the shard was listed, or turned out to
     * be needed, only later. The order of changes cannot be kept any more.
     */
    private static Optional<Gap> lateParent(TableState state, ShardNode node, long now) {
        String shardId = node.shard().shardId();
        boolean late = !node.skipped() && isUnassigned(state, node) && childWasBegun(state, shardId);
        if (!late) {
            return Optional.empty();
        }
        String detail = "shard %s was listed only after a child of it had been begun".formatted(shardId);
        return Optional.of(new Gap(GapCause.ORPHAN, shardId, detail, new Range(proofOf(state, node), now)));
    }

    /** Returns whether a reader was given a child of the shard. */
    private static boolean childWasBegun(TableState state, String shardId) {
        return state.lineage().childrenOf(shardId).stream().anyMatch(child -> isBegun(state, child));
    }

    /** Returns the ids of the shards of which a reader was given a child. */
    static Set<String> parentsOfBegun(TableState state) {
        return state.lineage().nodes().stream()
                .filter(child -> isBegun(state, child))
                .flatMap(child -> child.shard().parent().stream())
                .collect(Collectors.toSet());
    }

    /** Returns whether a reader was given the shard. */
    private static boolean isBegun(TableState state, ShardNode node) {
        return !node.skipped() && !isUnassigned(state, node);
    }

    /** Finds a closed shard without a child: no shard follows it, so the stream has stopped. */
    private static Optional<Gap> closedLeaf(ShardNode node, Set<String> parents, long now) {
        String shardId = node.shard().shardId();
        boolean leaf = node.closedSince() != ShardNode.NEVER && !parents.contains(shardId);
        boolean stopped = leaf && now - node.closedSince() >= TimeBounds.ROLL_OVER;
        if (!stopped) {
            return Optional.empty();
        }
        String detail = "shard %s has been closed without a child for longer than %d minutes"
                .formatted(shardId, TimeBounds.ROLL_OVER / 60_000);
        return Optional.of(new Gap(GapCause.DISABLED, shardId, detail, new Range(node.closedSince(), now)));
    }

    /**
     * Finds shards that no reader has begun to read for 24 hours. Their first records may have been
     * trimmed without any error, because DynamoDB still gives an iterator at the oldest record kept.
     */
    private static Stream<Gap> agedOut(TableState state, long now) {
        return UnreadShards.waiting(state)
                .filter(split -> now - split.proof() >= TimeBounds.RETENTION)
                .map(split -> agedOut(split, now));
    }

    private static Gap agedOut(ShardSplit split, long now) {
        String detail = "shard %s has not been read within the 24 hours for which the stream keeps its records"
                .formatted(split.shardId());
        return new Gap(GapCause.AGED_OUT, split.shardId(), detail, new Range(split.proof(), now));
    }

    /** Returns whether the shard is read from the oldest record kept, so that it needs no parent. */
    private static boolean isFromOldestKept(TableState state, ShardNode node) {
        return splitOf(state, node)
                .filter(split -> split.position() instanceof ShardPosition.OldestKept)
                .isPresent();
    }

    private static long proofOf(TableState state, ShardNode node) {
        return splitOf(state, node).map(ShardSplit::proof).orElse(node.seen().first());
    }

    private static Optional<ShardSplit> splitOf(TableState state, ShardNode node) {
        return state.splits()
                .find(ShardSplit.idOf(state.table(), state.epoch(), node.shard().shardId()))
                .map(entry -> (ShardSplit) entry.split());
    }

    private static boolean isUnassigned(TableState state, ShardNode node) {
        return state.statusOf(node.shard().shardId())
                .filter(Unassigned.class::isInstance)
                .isPresent();
    }

    private GapRules() {}
}
