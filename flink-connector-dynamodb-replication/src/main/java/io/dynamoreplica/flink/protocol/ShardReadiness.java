/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.ShardNode.ShardRole;
import io.dynamoreplica.flink.protocol.SplitStatus.Coverage;
import io.dynamoreplica.flink.protocol.SplitStatus.Ended;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a shard may be given to a reader, and to which.
 *
 * <pre>
 *   parent has not ended                  nobody yet
 *   parent's end is REPORTED or PENDING   the reader that read the parent: one channel keeps the order;
 *                                         or nobody yet, if {@link Placement} would rather wait for COVERED
 *   parent's end is COVERED, or skipped   anybody: the parent's records are past every channel
 * </pre>
 */
sealed interface ShardReadiness {

    record NotYet() implements ShardReadiness {}

    record OnlyFor(int subtask) implements ShardReadiness {}

    record ForAnybody() implements ShardReadiness {}

    ShardReadiness NOT_YET = new NotYet();
    ShardReadiness FOR_ANYBODY = new ForAnybody();

    static boolean streamMayBeRead(TableState state, boolean duringScan) {
        return state.phase() == Phase.STREAMING
                || (duringScan && state.start().streams() && state.phase().mayScan());
    }

    /**
     * @param closedOnly whether a shard that is still written to is left for later
     */
    static ShardReadiness of(TableState state, ShardSplit split, boolean closedOnly) {
        Optional<ShardNode> node = state.lineage().find(split.shardId());
        if (node.isEmpty() || (closedOnly && mayBeWrittenTo(node.get()))) {
            return NOT_YET;
        }
        Optional<String> parent = node.get().shard().parent();
        if (parent.isEmpty()) {
            return FOR_ANYBODY;
        }
        return state.lineage()
                .find(parent.get())
                .map(known -> behind(state, known))
                .orElseGet(() -> withUnseenParent(state, node.get(), split));
    }

    /** A shard that is listed no more is gone, whether or not a listing ever showed it closed. */
    static boolean mayBeWrittenTo(ShardNode node) {
        return !node.shard().closed() && node.isListed();
    }

    private static ShardReadiness behind(TableState state, ShardNode parent) {
        if (parent.skipped()) {
            return mayTurnOutToBeNeeded(state, parent) ? NOT_YET : FOR_ANYBODY;
        }
        SplitStatus status = state.statusOf(parent.shard().shardId()).orElse(SplitStatus.UNASSIGNED);
        if (!(status instanceof Ended ended)) {
            return NOT_YET;
        }
        return ended.coverage() == Coverage.COVERED ? FOR_ANYBODY : new OnlyFor(ended.subtask());
    }

    /**
     * A skipped shard whose oldest known ancestor has a parent that no listing has shown: if that
     * one only lags, it can tie the shard to one that is read.
     */
    private static boolean mayTurnOutToBeNeeded(TableState state, ShardNode skipped) {
        long sinceAnchor = state.stream().lastListing() - state.stream().anchor();
        if (sinceAnchor >= TimeBounds.LISTING_LAG) {
            return false;
        }
        Set<String> visited = new HashSet<>();
        ShardNode oldest = skipped;
        Optional<ShardNode> parent = state.lineage().find(oldest.shard().parentShardId());
        while (parent.isPresent() && visited.add(parent.get().shard().shardId())) {
            oldest = parent.get();
            parent = state.lineage().find(oldest.shard().parentShardId());
        }
        return oldest.shard().parent().isPresent();
    }

    /**
     * The parent of a shard that was listed at the anchor was closed by then, so the snapshot holds
     * it; unless the listing lagged, and the shard comes after one that it showed as open. So the
     * shard waits whether its parent shows up, as it does with a start from the oldest record,
     * which wants the parent. The unseen parent of a shard that came later is needed: see the
     * orphan rule; if its loss is ignored, the shard is read from the oldest record kept.
     */
    private static ShardReadiness withUnseenParent(TableState state, ShardNode node, ShardSplit split) {
        if (node.role() == ShardRole.LATER) {
            return split.position() instanceof ShardPosition.OldestKept ? FOR_ANYBODY : NOT_YET;
        }
        long since = state.stream().lastListing() - node.seen().first();
        return since >= TimeBounds.LISTING_LAG ? FOR_ANYBODY : NOT_YET;
    }
}
