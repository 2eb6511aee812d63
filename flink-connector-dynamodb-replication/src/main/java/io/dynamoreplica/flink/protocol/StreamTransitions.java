/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.ProtocolAction.Describe;
import io.dynamoreplica.flink.protocol.ProtocolAction.ListShards;
import io.dynamoreplica.flink.protocol.ProtocolAction.Probe;
import io.dynamoreplica.flink.protocol.ProtocolAction.WakeAfter;
import io.dynamoreplica.flink.protocol.ProtocolEvent.NothingGiven;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ShardsListed;
import io.dynamoreplica.flink.protocol.ShardNode.ShardRole;
import io.dynamoreplica.flink.protocol.SplitStatus.Ended;
import io.dynamoreplica.flink.protocol.TableState.Copy;
import io.dynamoreplica.flink.protocol.TableState.Pending;
import io.dynamoreplica.flink.protocol.TableState.Renewal;
import io.dynamoreplica.flink.protocol.TableState.StreamView;
import io.dynamoreplica.flink.protocol.TableState.Waits;
import io.dynamoreplica.flink.protocol.UnreadShards.Unread;
import io.dynamoreplica.flink.split.GapCause;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What listings of a table's stream mean for it. */
final class StreamTransitions {

    private final TableRules rules;
    private final GapTransitions gaps;
    private final List<ProtocolAction> actions;

    StreamTransitions(TableRules rules, GapTransitions gaps, List<ProtocolAction> actions) {
        this.rules = rules;
        this.gaps = gaps;
        this.actions = actions;
    }

    TableState listed(TableState state, ShardsListed listing, int parallelism) {
        boolean expected = state.phase() == Phase.ANCHORING || state.phase().hasAnchor();
        if (!expected || !listing.streamArn().equals(state.streamArn())) {
            return state;
        }
        if (!listing.enabled()) {
            return notEnabled(state);
        }
        return state.phase() == Phase.ANCHORING
                ? anchored(begun(state, listing, parallelism), listing)
                : listedAgain(state, listing);
    }

    /** Whether it was switched off or another one took its place, DescribeTable says. */
    private TableState notEnabled(TableState state) {
        if (state.phase() == Phase.ANCHORING) {
            return gaps.unfit(state, GapCause.DISABLED, Describe.SAYS_STREAM_IS_OFF);
        }
        actions.add(new Describe(state.table(), Describe.STREAM_IS_OFF));
        return state;
    }

    /**
     * Opens the next epoch, unless replication only goes on with another stream.
     *
     * <p>A stream that seemed to be gone and is the same one after all cannot be gone on with: how
     * far it was read has been given up. A table that is copied is copied again. One that is not is
     * read from the oldest record kept, as another epoch, because readers never take a split again
     * that they have dropped.
     */
    private TableState begun(TableState state, ShardsListed listing, int parallelism) {
        Renewal renewal = state.copy().renewal();
        boolean sameStream = listing.streamArn().equals(state.identity().streamArn());
        TableState known = state.with(
                        state.copy().of(state.pending().described().identity()))
                .with(state.pending().with(Waits.NONE));
        if (!renewal.withoutScan()) {
            return SegmentPlan.open(known, rules, listing.time(), parallelism);
        }
        if (!sameStream) {
            return known;
        }
        boolean withoutScan = !rules.start().scans();
        Copy copy = known.copy().after(new Renewal(renewal.consecutiveRenewals(), withoutScan));
        return SegmentPlan.open(known.with(copy), rules, listing.time(), parallelism);
    }

    private TableState anchored(TableState opened, ShardsListed listing) {
        boolean fromOldest = opened.isFromOldestKept();
        Lineage lineage = Lineage.anchoredAt(listing.shards(), listing.time(), !fromOldest);
        if (lineage.lacksParents()) {
            // What waits for one that this listing may only have missed is free by then.
            actions.add(new ListShards(opened.table(), listing.streamArn(), TimeBounds.LISTING_LAG));
        }
        TableState anchored = opened.with(new StreamView(lineage, listing.time(), listing.time()));
        return withNewSplits(anchored, listing.time()).in(firstPhase(opened));
    }

    private Phase firstPhase(TableState state) {
        if (!rules.start().scans() || state.copy().renewal().withoutScan()) {
            return Phase.STREAMING;
        }
        if (rules.scan().consistentRead() || rules.scan().settleMillis() == 0) {
            return Phase.SCANNING;
        }
        actions.add(new WakeAfter(
                state.table(), state.epoch(), Phase.SETTLING, rules.scan().settleMillis()));
        return Phase.SETTLING;
    }

    private TableState listedAgain(TableState state, ShardsListed listing) {
        StreamView view = state.stream();
        Lineage lineage = view.lineage().listed(listing.shards(), listing.time(), !state.isFromOldestKept());
        TableState seen = withNewSplits(
                state.with(new StreamView(lineage, view.anchor(), listing.time())),
                view.lastListing() - TimeBounds.LISTING_LAG);
        TableState whole = gaps.onGap(seen, GapRules.afterListing(seen, listing.time()));
        if (whole.phase() == Phase.WITHDRAWING) {
            return whole;
        }
        gaps.tellClosed(UnreadShards.over(whole, listing.time()));
        GapRules.toProbe(whole, listing.time()).forEach(split -> actions.add(new Probe(split)));
        TableState answered =
                whole.with(whole.pending().with(whole.pending().listings().withoutUnread()));
        return askForChildren(withoutForgotten(answered, listing.time()));
    }

    /** Whether the shard is closed only a listing shows. */
    TableState nothingGiven(TableState state, NothingGiven event) {
        if (state.splits().find(event.split().splitId()).isEmpty()) {
            return state;
        }
        actions.add(new ListShards(state.table(), state.identity().streamArn(), TimeBounds.UNREAD_LISTING));
        Unread unread = new Unread(event.subtask(), event.split(), event.detail());
        return state.with(state.pending().with(state.pending().listings().with(unread)));
    }

    /** A shard has ended: what comes after it is wanted at once. */
    TableState shardEnded(TableState state) {
        return askForChildren(UnreadShards.provenByParents(
                state.with(state.pending().with(state.pending().listings().leaf(0)))));
    }

    private TableState askForChildren(TableState state) {
        Set<String> parents = state.lineage().parents();
        boolean missing = state.lineage().nodes().stream()
                .filter(node -> !parents.contains(node.shard().shardId()))
                .anyMatch(node -> hasEnded(state, node));
        Pending pending = state.pending();
        int listings = pending.listings().leaf();
        if (!missing) {
            return state.with(pending.with(pending.listings().leaf(0)));
        }
        long delay = listings == 0
                ? 0
                : Math.min(rules.stream().discoveryMillis(), TimeBounds.LEAF_RETRY << Math.min(listings - 1, 20));
        actions.add(new ListShards(state.table(), state.identity().streamArn(), delay));
        return state.with(pending.with(pending.listings().leaf(listings + 1)));
    }

    private TableState withNewSplits(TableState state, long proof) {
        List<ShardSplit> splits = new ArrayList<>();
        for (ShardNode node : state.lineage().nodes()) {
            if (!node.skipped() && state.statusOf(node.shard().shardId()).isEmpty()) {
                ShardKey key = new ShardKey(
                        state.table(),
                        state.identity().streamArn(),
                        node.shard().shardId());
                splits.add(new ShardSplit(key, state.epoch(), firstPosition(state, node), proof, dropBefore(state)));
            }
        }
        return UnreadShards.provenByParents(state.with(state.splits().add(splits)));
    }

    private static ShardPosition firstPosition(TableState state, ShardNode node) {
        return state.isFromOldestKept() && node.role() == ShardRole.ANCHORED
                ? ShardPosition.OLDEST_KEPT
                : ShardPosition.BEGINNING;
    }

    private long dropBefore(TableState state) {
        long anchor = state.stream().anchor();
        if (state.copy().renewal().withoutScan()) {
            return ShardSplit.DROP_NOTHING;
        }
        return switch (rules.start()) {
            case LATEST_OFFSET -> anchor - anchor % TimeBounds.START_RESOLUTION - TimeBounds.START_RESOLUTION;
            case INITIAL -> rules.scan().consistentRead() ? anchor - TimeBounds.ANCHOR : ShardSplit.DROP_NOTHING;
            case SNAPSHOT, FULL_TABLE, EARLIEST_OFFSET -> ShardSplit.DROP_NOTHING;
        };
    }

    /**
     * Forgets shards that are done with and have not been listed for long, oldest generation first.
     */
    private static TableState withoutForgotten(TableState state, long now) {
        Set<String> forgotten = new HashSet<>();
        Set<String> parents = state.lineage().parents();
        boolean more = true;
        while (more) {
            more = false;
            for (ShardNode node : state.lineage().nodes()) {
                String id = node.shard().shardId();
                boolean root = node.shard()
                        .parent()
                        .filter(parent -> state.lineage().knows(parent) && !forgotten.contains(parent))
                        .isEmpty();
                if (root && parents.contains(id) && isDoneWith(state, node, now)) {
                    more |= forgotten.add(id);
                }
            }
        }
        if (forgotten.isEmpty()) {
            return state;
        }
        List<String> splitIds = forgotten.stream()
                .map(shardId -> ShardSplit.idOf(state.table(), state.epoch(), shardId))
                .toList();
        return state.with(state.splits().without(splitIds))
                .with(state.stream().with(state.lineage().without(forgotten)));
    }

    private static boolean isDoneWith(TableState state, ShardNode node, long now) {
        boolean unlisted = !node.isListed() && now - node.seen().absentSince() >= TimeBounds.FORGET_UNLISTED;
        return unlisted
                && isOver(state, node)
                && state.lineage().childrenOf(node.shard().shardId()).stream().allMatch(child -> isOver(state, child));
    }

    /** Whether no failure can make it come back: a child that does must find its parent here. */
    private static boolean isOver(TableState state, ShardNode node) {
        return state.statusOf(node.shard().shardId())
                .map(SplitLedger::isCovered)
                .orElse(node.skipped());
    }

    private static boolean hasEnded(TableState state, ShardNode node) {
        return state.statusOf(node.shard().shardId())
                .filter(Ended.class::isInstance)
                .isPresent();
    }
}
