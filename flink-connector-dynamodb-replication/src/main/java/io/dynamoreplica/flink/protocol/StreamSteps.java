/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.ProtocolAction.FailForGap;
import io.dynamoreplica.flink.protocol.ProtocolAction.ListShards;
import io.dynamoreplica.flink.protocol.ProtocolAction.Probe;
import io.dynamoreplica.flink.protocol.ProtocolAction.WakeAfter;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ShardsListed;
import io.dynamoreplica.flink.protocol.ShardNode.Standing;
import io.dynamoreplica.flink.protocol.Stage.Ended;
import io.dynamoreplica.flink.protocol.TableRules.Start;
import io.dynamoreplica.flink.protocol.TableState.Pending;
import io.dynamoreplica.flink.protocol.TableState.StreamView;
import io.dynamoreplica.flink.split.GapCause;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What listings of a table's stream mean for it. */
final class StreamSteps {

    private final TableRules rules;
    private final List<ProtocolAction> actions;

    StreamSteps(TableRules rules, List<ProtocolAction> actions) {
        this.rules = rules;
        this.actions = actions;
    }

    TableState listed(TableState state, ShardsListed listing, int parallelism) {
        boolean expected = state.phase() == Phase.ANCHORING || state.phase().hasAnchor();
        if (!expected || !listing.streamArn().equals(state.identity().streamArn())) {
            return state;
        }
        if (!listing.enabled()) {
            fail(state, GapCause.DISABLED, "DescribeStream says that the stream is not enabled");
            return state;
        }
        return state.phase() == Phase.ANCHORING
                ? anchored(state, listing, parallelism)
                : listedAgain(state, listing);
    }

    private TableState anchored(TableState state, ShardsListed listing, int parallelism) {
        Lineage lineage = Lineage.anchoredAt(listing.shards(), listing.time(), skipsClosed());
        TableState open =
                SegmentPlan.open(state, rules, listing.time(), parallelism)
                        .with(new StreamView(lineage, listing.time(), listing.time()));
        if (rules.start() == Start.EARLIEST) {
            actions.add(new ListShards(state.table(), listing.streamArn(), Margins.PARENT_WAIT));
        }
        return withNewSplits(open, listing.time()).in(firstPhase(state));
    }

    private Phase firstPhase(TableState state) {
        if (!rules.start().scans()) {
            return Phase.STREAMING;
        }
        if (rules.scan().consistentRead() || rules.scan().settleMillis() == 0) {
            return Phase.SCANNING;
        }
        actions.add(new WakeAfter(state.table(), rules.scan().settleMillis()));
        return Phase.SETTLING;
    }

    private TableState listedAgain(TableState state, ShardsListed listing) {
        StreamView view = state.stream();
        Lineage lineage = view.lineage().listed(listing.shards(), listing.time(), skipsClosed());
        TableState seen =
                withNewSplits(
                        state.with(new StreamView(lineage, view.anchor(), listing.time())),
                        view.lastListing() - Margins.LISTING_LAG);
        GapRules.afterListing(seen, listing.time())
                .ifPresent(gap -> fail(state, gap.cause(), gap.detail()));
        GapRules.toProbe(seen, listing.time()).forEach(split -> actions.add(new Probe(split)));
        return askForChildren(withoutForgotten(seen, listing.time()));
    }

    /** A shard has ended: what comes after it is wanted at once. */
    TableState shardEnded(TableState state) {
        return askForChildren(
                state.with(
                        new Pending(state.pending().verification(), 0, state.pending().bytes())));
    }

    private TableState askForChildren(TableState state) {
        Set<String> parents = state.lineage().parents();
        boolean missing =
                state.lineage().nodes().stream()
                        .filter(node -> !parents.contains(node.shard().shardId()))
                        .anyMatch(node -> hasEnded(state, node));
        Pending pending = state.pending();
        if (!missing) {
            return state.with(new Pending(pending.verification(), 0, pending.bytes()));
        }
        long delay =
                pending.leafListings() == 0
                        ? 0
                        : Math.min(
                                rules.stream().discoveryMillis(),
                                Margins.LEAF_RETRY << Math.min(pending.leafListings() - 1, 20));
        actions.add(new ListShards(state.table(), state.identity().streamArn(), delay));
        return state.with(
                new Pending(pending.verification(), pending.leafListings() + 1, pending.bytes()));
    }

    private TableState withNewSplits(TableState state, long proof) {
        List<ShardSplit> splits = new ArrayList<>();
        for (ShardNode node : state.lineage().nodes()) {
            if (!node.skipped() && state.stageOf(node.shard().shardId()).isEmpty()) {
                ShardKey key =
                        new ShardKey(
                                state.table(),
                                state.identity().streamArn(),
                                node.shard().shardId());
                splits.add(
                        new ShardSplit(
                                key, state.epoch(), firstPosition(node), proof, dropBefore(state)));
            }
        }
        return state.with(state.splits().add(splits));
    }

    private ShardPosition firstPosition(ShardNode node) {
        return rules.start() == Start.EARLIEST && node.standing() == Standing.ANCHORED
                ? ShardPosition.OLDEST_KEPT
                : ShardPosition.BEGINNING;
    }

    private long dropBefore(TableState state) {
        long anchor = state.stream().anchor();
        return switch (rules.start()) {
            case LATEST -> anchor - anchor % Margins.START_RESOLUTION - Margins.START_RESOLUTION;
            case SNAPSHOT_THEN_STREAM ->
                    rules.scan().consistentRead()
                            ? anchor - Margins.ANCHOR
                            : ShardSplit.DROP_NOTHING;
            case SNAPSHOT, EARLIEST -> ShardSplit.DROP_NOTHING;
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
                boolean root =
                        node.shard()
                                .parent()
                                .filter(
                                        parent ->
                                                state.lineage().knows(parent)
                                                        && !forgotten.contains(parent))
                                .isEmpty();
                if (root && parents.contains(id) && isDoneWith(state, node, now)) {
                    more |= forgotten.add(id);
                }
            }
        }
        if (forgotten.isEmpty()) {
            return state;
        }
        List<String> splitIds =
                forgotten.stream()
                        .map(shardId -> ShardSplit.idOf(state.table(), state.epoch(), shardId))
                        .toList();
        StreamView view = state.stream();
        return state.with(state.splits().without(splitIds))
                .with(
                        new StreamView(
                                view.lineage().without(forgotten),
                                view.anchor(),
                                view.lastListing()));
    }

    private static boolean isDoneWith(TableState state, ShardNode node, long now) {
        boolean unlisted =
                !node.isListed() && now - node.seen().absentSince() >= Margins.FORGET_UNLISTED;
        return unlisted
                && isOver(state, node)
                && childrenOf(state, node).allMatch(child -> isOver(state, child));
    }

    /** Whether no failure can make it come back: a child that does must find its parent here. */
    private static boolean isOver(TableState state, ShardNode node) {
        return state.stageOf(node.shard().shardId())
                .map(SplitLedger::isCovered)
                .orElse(node.skipped());
    }

    private static Stream<ShardNode> childrenOf(TableState state, ShardNode node) {
        return state.lineage().nodes().stream()
                .filter(child -> node.shard().shardId().equals(child.shard().parentShardId()));
    }

    private static boolean hasEnded(TableState state, ShardNode node) {
        return state.stageOf(node.shard().shardId()).filter(Ended.class::isInstance).isPresent();
    }

    private boolean skipsClosed() {
        return rules.start() != Start.EARLIEST;
    }

    private void fail(TableState state, GapCause cause, String detail) {
        actions.add(new FailForGap(state.table(), cause, detail));
    }
}
