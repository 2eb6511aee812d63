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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * When a listing says that changes were lost. A listing that merely lags never does: each rule asks
 * for two complete listings some time apart.
 */
final class GapRules {

    /** What the graph shows after a listing at {@code now}, the worst first, each shard once. */
    static List<Gap> afterListing(TableState state, long now) {
        Set<String> parents = state.lineage().parents();
        Map<String, Gap> byShard = new LinkedHashMap<>();
        Stream.of(
                        gaps(state, node -> orphan(state, node, now)),
                        gaps(state, node -> lateParent(state, node, now)),
                        gaps(state, node -> closedLeaf(node, parents, now)),
                        unread(state, now),
                        UnreadShards.lost(state, now).stream())
                .flatMap(found -> found)
                .forEach(gap -> byShard.putIfAbsent(gap.shardId(), gap));
        return List.copyOf(byShard.values());
    }

    /** Shards we need that two listings lack: whether they are gone is for an iterator to say. */
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

    private static Stream<Gap> gaps(TableState state, Function<ShardNode, Optional<Gap>> rule) {
        return state.lineage().nodes().stream().map(rule).flatMap(Optional::stream);
    }

    /**
     * A shard that appeared after the anchor has a parent that we need, since it too appeared after
     * the anchor.
     */
    private static Optional<Gap> orphan(TableState state, ShardNode node, long now) {
        boolean parentUnseen = node.role() == ShardRole.LATER
                && isUnassigned(state, node)
                && !isFromOldestKept(state, node)
                && node.shard()
                        .parent()
                        .filter(parent -> !state.lineage().knows(parent))
                        .isPresent();
        return parentUnseen && now - node.seen().first() >= TimeBounds.LISTING_LAG
                ? Optional.of(new Gap(
                        GapCause.ORPHAN,
                        node.shard().shardId(),
                        "shard "
                                + node.shard().shardId()
                                + " names the parent "
                                + node.shard().parentShardId()
                                + ", which no listing has shown",
                        new Range(proofOf(state, node), now)))
                : Optional.empty();
    }

    /**
     * A child was read without its parent, which shows up or turns out to be needed only now: order
     * can no longer be kept.
     */
    private static Optional<Gap> lateParent(TableState state, ShardNode node, long now) {
        String shardId = node.shard().shardId();
        boolean late = !node.skipped() && isUnassigned(state, node) && childWasBegun(state, shardId);
        return late
                ? Optional.of(new Gap(
                        GapCause.ORPHAN,
                        shardId,
                        "shard " + shardId + " was listed only after a child of it had been begun",
                        new Range(proofOf(state, node), now)))
                : Optional.empty();
    }

    /** Whether a reader was given a child of the shard. */
    private static boolean childWasBegun(TableState state, String shardId) {
        return state.lineage().childrenOf(shardId).stream().anyMatch(child -> isBegun(state, child));
    }

    /** Of which shards a reader was given a child. */
    static Set<String> parentsOfBegun(TableState state) {
        return state.lineage().nodes().stream()
                .filter(child -> isBegun(state, child))
                .flatMap(child -> child.shard().parent().stream())
                .collect(Collectors.toSet());
    }

    /** Whether a reader was given the shard. */
    private static boolean isBegun(TableState state, ShardNode node) {
        return !node.skipped() && !isUnassigned(state, node);
    }

    /** Without a child nothing follows a closed shard: the stream has stopped. */
    private static Optional<Gap> closedLeaf(ShardNode node, Set<String> parents, long now) {
        boolean leaf = node.closedSince() != ShardNode.NEVER
                && !parents.contains(node.shard().shardId());
        return leaf && now - node.closedSince() >= TimeBounds.ROLL_OVER
                ? Optional.of(new Gap(
                        GapCause.DISABLED,
                        node.shard().shardId(),
                        "shard "
                                + node.shard().shardId()
                                + " has been closed without a child for longer than "
                                + TimeBounds.ROLL_OVER / 60_000
                                + " minutes",
                        new Range(node.closedSince(), now)))
                : Optional.empty();
    }

    /**
     * A shard that nobody has begun to read may have lost its first records without any error: an
     * iterator at the oldest record kept is given all the same.
     */
    private static Stream<Gap> unread(TableState state, long now) {
        return UnreadShards.waiting(state)
                .filter(split -> now - split.proof() >= TimeBounds.RETENTION)
                .map(split -> new Gap(
                        GapCause.AGED_OUT,
                        split.shardId(),
                        "shard "
                                + split.shardId()
                                + " has not been read within the 24 hours for which the stream keeps its records",
                        new Range(split.proof(), now)));
    }

    /** What is read from the oldest record kept asks for no more, and waits for no parent. */
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
