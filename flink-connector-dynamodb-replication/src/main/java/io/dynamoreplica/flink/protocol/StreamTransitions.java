/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.ProtocolAction.Describe;
import io.dynamoreplica.flink.protocol.ProtocolAction.ListShards;
import io.dynamoreplica.flink.protocol.ProtocolAction.Probe;
import io.dynamoreplica.flink.protocol.ProtocolAction.SendShardClosed;
import io.dynamoreplica.flink.protocol.ProtocolEvent.NothingGiven;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ShardsListed;
import io.dynamoreplica.flink.protocol.ShardNode.ShardRole;
import io.dynamoreplica.flink.protocol.TableRules.ScanRules;
import io.dynamoreplica.flink.protocol.TableState.Copy;
import io.dynamoreplica.flink.protocol.TableState.Renewal;
import io.dynamoreplica.flink.protocol.TableState.StreamView;
import io.dynamoreplica.flink.split.GapCause;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The transitions of a table because of listings of its stream, and because of ended shards. */
final class StreamTransitions {

    static TableState listed(Context context, TableState state, ShardsListed listing) {
        boolean expected = state.phase() == Phase.ANCHORING || state.phase().hasAnchor();
        if (!expected || !listing.streamArn().equals(state.streamArn())) {
            return state;
        }
        if (!listing.enabled()) {
            return notEnabled(context, state);
        }
        return state.phase() == Phase.ANCHORING
                ? anchored(context, begun(context, state, listing), listing)
                : listedAgain(context, state, listing);
    }

    /**
     * Handles a stream that is not enabled: before the anchor the table waits; after it, DescribeTable
     * is asked for the reason.
     */
    private static TableState notEnabled(Context context, TableState state) {
        if (state.phase() == Phase.ANCHORING) {
            return GapTransitions.unfit(context, state, GapCause.DISABLED, Describe.SAYS_STREAM_IS_OFF);
        }
        context.add(new Describe(state.table(), Describe.STREAM_IS_OFF));
        return state;
    }

    /**
     * Opens the next epoch, unless replication only continues with another stream.
     *
     * <p>A stream that seemed to be gone can turn out to be the same one after all. Replication
     * cannot continue with it, because its positions have been given up. If the table is copied, it
     * is copied again. If it is not copied, the stream is read from the oldest record kept, as
     * another epoch: readers never take a split again that they have dropped.
     */
    private static TableState begun(Context context, TableState state, ShardsListed listing) {
        Renewal renewal = state.copy().renewal();
        boolean sameStream = listing.streamArn().equals(state.identity().streamArn());
        Copy copy = state.copy().with(state.pending().described().identity());
        TableState known = state.with(copy).with(state.pending().withoutDelay());
        if (!renewal.withoutScan()) {
            return SegmentPlan.open(context, known, listing.time());
        }
        if (!sameStream) {
            return known;
        }
        boolean withoutScan = !state.start().scans();
        Copy renewed = copy.with(new Renewal(renewal.consecutiveRenewals(), withoutScan));
        return SegmentPlan.open(context, known.with(renewed), listing.time());
    }

    private static TableState anchored(Context context, TableState opened, ShardsListed listing) {
        boolean fromOldest = opened.isFromOldestKept();
        Lineage lineage = Lineage.anchoredAt(listing.shards(), listing.time(), !fromOldest);
        if (lineage.lacksParents()) {
            // A listing that lags may have missed a parent. After this time its children may be read.
            context.add(new ListShards(opened.table(), listing.streamArn(), TimeBounds.LISTING_LAG));
        }
        TableState anchored = opened.with(new StreamView(lineage, listing.time(), listing.time()));
        return withNewSplits(context, anchored, listing.time()).in(firstPhase(context, opened));
    }

    private static Phase firstPhase(Context context, TableState state) {
        if (!state.start().scans() || state.copy().renewal().withoutScan()) {
            return Phase.STREAMING;
        }
        ScanRules scan = context.rulesOf(state).scan();
        if (scan.consistentRead() || scan.settleMillis() == 0) {
            return Phase.SCANNING;
        }
        TableTransitions.awaitSettled(context, state);
        return Phase.SETTLING;
    }

    private static TableState listedAgain(Context context, TableState state, ShardsListed listing) {
        StreamView view = state.stream();
        Lineage lineage = view.lineage().listed(listing.shards(), listing.time(), !state.isFromOldestKept());
        TableState seen = withNewSplits(
                context,
                state.with(new StreamView(lineage, view.anchorTime(), listing.time())),
                view.lastListing() - TimeBounds.LISTING_LAG);
        TableState afterGaps = GapTransitions.onGaps(context, seen, GapRules.afterListing(seen, listing.time()));
        if (afterGaps.phase() == Phase.WITHDRAWING) {
            return afterGaps;
        }
        tellClosed(context, UnreadShards.atTheirEnd(afterGaps, listing.time()));
        GapRules.toProbe(afterGaps, listing.time()).forEach(split -> context.add(new Probe(split)));
        TableState answered = afterGaps.with(afterGaps.pending().withoutUnread());
        return askForChildren(context, withoutForgotten(answered, listing.time()));
    }

    /** Tells the readers of these shards that no record will be added to them. */
    private static void tellClosed(Context context, List<UnreadReport> atTheirEnd) {
        for (UnreadReport unread : atTheirEnd) {
            if (context.readers().isOpen(unread.subtask())) {
                context.add(new SendShardClosed(unread.subtask(), unread.split().splitId()));
            }
        }
    }

    /** Asks for a listing, which alone can show whether the shard is closed. */
    static TableState nothingGiven(Context context, TableState state, NothingGiven event) {
        if (state.splits().find(event.split().splitId()).isEmpty()) {
            return state;
        }
        context.add(new ListShards(state.table(), state.identity().streamArn(), TimeBounds.UNREAD_LISTING));
        UnreadReport report = new UnreadReport(event.subtask(), event.split(), event.detail());
        return state.with(state.pending().withUnread(report));
    }

    /** Asks immediately for the children of a shard that has ended. */
    static TableState shardEnded(Context context, TableState state) {
        TableState asked = state.with(state.pending().withLeafListings(0));
        return askForChildren(context, UnreadShards.provenByParents(asked));
    }

    private static TableState askForChildren(Context context, TableState state) {
        Set<String> parents = state.lineage().parents();
        boolean missing = state.lineage().nodes().stream()
                .map(node -> node.shard().shardId())
                .anyMatch(shardId -> !parents.contains(shardId) && state.hasEnded(shardId));
        if (!missing) {
            return state.with(state.pending().withLeafListings(0));
        }
        int listings = state.pending().leafListings();
        long discoveryMillis = context.rulesOf(state).stream().discoveryMillis();
        long delay = listings == 0 ? 0 : Math.min(discoveryMillis, TimeBounds.LEAF_RETRY << Math.min(listings - 1, 20));
        context.add(new ListShards(state.table(), state.identity().streamArn(), delay));
        return state.with(state.pending().withLeafListings(listings + 1));
    }

    private static TableState withNewSplits(Context context, TableState state, long proof) {
        String streamArn = state.identity().streamArn();
        long dropBefore = dropBefore(context, state);
        List<ShardSplit> splits = new ArrayList<>();
        for (ShardNode node : state.lineage().nodes()) {
            String shardId = node.shard().shardId();
            if (!node.skipped() && state.statusOf(shardId).isEmpty()) {
                ShardKey key = new ShardKey(state.table(), streamArn, shardId);
                splits.add(new ShardSplit(key, state.epoch(), firstPosition(state, node), proof, dropBefore));
            }
        }
        return UnreadShards.provenByParents(state.with(state.splits().add(splits)));
    }

    private static ShardPosition firstPosition(TableState state, ShardNode node) {
        return state.isFromOldestKept() && node.role() == ShardRole.ANCHORED
                ? ShardPosition.OLDEST_KEPT
                : ShardPosition.BEGINNING;
    }

    private static long dropBefore(Context context, TableState state) {
        long anchor = state.stream().anchorTime();
        if (state.copy().renewal().withoutScan()) {
            return ShardSplit.DROP_NOTHING;
        }
        boolean consistentRead = context.rulesOf(state).scan().consistentRead();
        return switch (state.start()) {
            case LATEST_OFFSET -> anchor - anchor % TimeBounds.START_RESOLUTION - TimeBounds.START_RESOLUTION;
            case INITIAL -> consistentRead ? anchor - TimeBounds.CLOCK_TOLERANCE : ShardSplit.DROP_NOTHING;
            case SNAPSHOT, FULL_TABLE, EARLIEST_OFFSET -> ShardSplit.DROP_NOTHING;
        };
    }

    /**
     * Forgets shards that are read, whose children are read, and that have not been listed for long.
     * Begins with the oldest generation.
     */
    private static TableState withoutForgotten(TableState state, long now) {
        Set<String> forgotten = new HashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (ShardNode node : state.lineage().nodes()) {
                if (isOldest(state, node, forgotten) && isDoneWith(state, node, now)) {
                    more |= forgotten.add(node.shard().shardId());
                }
            }
        }
        if (forgotten.isEmpty()) {
            return state;
        }
        List<String> splitIds = forgotten.stream().map(state::splitIdOf).toList();
        return state.with(state.splits().without(splitIds))
                .with(state.stream().with(state.lineage().without(forgotten)));
    }

    private static boolean isOldest(TableState state, ShardNode node, Set<String> forgotten) {
        return node.shard()
                .parent()
                .filter(parent -> state.lineage().knows(parent) && !forgotten.contains(parent))
                .isEmpty();
    }

    private static boolean isDoneWith(TableState state, ShardNode node, long now) {
        boolean unlisted = !node.isListed() && now - node.seen().absentSince() >= TimeBounds.FORGET_UNLISTED;
        List<ShardNode> children = state.lineage().childrenOf(node.shard().shardId());
        return unlisted
                && isOver(state, node)
                && !children.isEmpty()
                && children.stream().allMatch(child -> isOver(state, child));
    }

    /**
     * Returns whether no failure can bring the shard back. A child that comes back must find its parent
     * here.
     */
    private static boolean isOver(TableState state, ShardNode node) {
        return state.statusOf(node.shard().shardId())
                .map(SplitStatus::isCovered)
                .orElse(node.skipped());
    }

    private StreamTransitions() {}
}
