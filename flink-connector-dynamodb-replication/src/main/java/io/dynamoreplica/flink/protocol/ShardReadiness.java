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
 * The answer whether a shard may be given to a reader, and to which.
 *
 * <pre>
 *   parent has not ended                  no reader yet
 *   parent's end is REPORTED or PENDING   the reader of the parent: one channel keeps the order;
 *                                         or no reader yet, if {@link Placement} decides to wait for COVERED
 *   parent's end is COVERED, or skipped   any reader: the parent's records are past every channel
 * </pre>
 */
sealed interface ShardReadiness {

    record NotYet() implements ShardReadiness {}

    record OnlyFor(int subtask) implements ShardReadiness {}

    record ForAnyReader() implements ShardReadiness {}

    ShardReadiness NOT_YET = new NotYet();
    ShardReadiness FOR_ANY_READER = new ForAnyReader();

    /**
     * Returns whether shards of the table may be given to readers.
     *
     * @param duringScan whether shards are read while segments are still scanned
     */
    static boolean streamMayBeRead(TableState state, boolean duringScan) {
        return state.phase() == Phase.STREAMING
                || (duringScan && state.start().streams() && state.phase().mayScan());
    }

    /**
     * Decides by the shard's parent.
     *
     * @param closedOnly whether a shard is given only after it is closed
     */
    static ShardReadiness of(TableState state, ShardSplit split, boolean closedOnly) {
        Optional<ShardNode> node = state.lineage().find(split.shardId());
        if (node.isEmpty() || (closedOnly && mayBeWrittenTo(node.get()))) {
            return NOT_YET;
        }
        Optional<String> parent = node.get().shard().parent();
        if (parent.isEmpty()) {
            return FOR_ANY_READER;
        }
        return state.lineage()
                .find(parent.get())
                .map(known -> behind(state, known))
                .orElseGet(() -> withUnseenParent(state, node.get(), split));
    }

    /**
     * Returns whether DynamoDB may still add records to the shard. A shard that is no longer listed is gone,
     * even if no listing ever showed it closed.
     */
    static boolean mayBeWrittenTo(ShardNode node) {
        return !node.shard().closed() && node.isListed();
    }

    private static ShardReadiness behind(TableState state, ShardNode parent) {
        if (parent.skipped()) {
            return mayTurnOutToBeNeeded(state, parent) ? NOT_YET : FOR_ANY_READER;
        }
        SplitStatus status = state.statusOf(parent.shard().shardId()).orElse(SplitStatus.UNASSIGNED);
        if (!(status instanceof Ended ended)) {
            return NOT_YET;
        }
        return ended.coverage() == Coverage.COVERED ? FOR_ANY_READER : new OnlyFor(ended.subtask());
    }

    /**
     * Returns whether the skipped shard may have to be read after all. This is so if its oldest known
     * ancestor has a parent that no listing has shown: a listing that lags may have missed the parent,
     * and the parent may descend from a shard that is read.
     */
    private static boolean mayTurnOutToBeNeeded(TableState state, ShardNode skipped) {
        long sinceAnchor = state.stream().lastListing() - state.stream().anchorTime();
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
     * Decides about a shard whose parent no listing has shown.
     *
     * <p>If the anchor listed the shard, its parent was closed by then, so the copy has the parent's
     * changes. But if the anchor's listing lagged, the shard may follow a shard that the listing
     * showed as open. So the shard waits for some time in case its parent appears. With a start from
     * the oldest record it waits as well, because the parent is needed then.
     *
     * <p>If the shard was listed later, its parent is needed: see the orphan rule in {@link GapRules}.
     * If that gap is ignored, the shard is read from the oldest record kept.
     */
    private static ShardReadiness withUnseenParent(TableState state, ShardNode node, ShardSplit split) {
        if (node.role() == ShardRole.LATER) {
            return split.position() instanceof ShardPosition.OldestKept ? FOR_ANY_READER : NOT_YET;
        }
        long since = state.stream().lastListing() - node.seen().first();
        return since >= TimeBounds.LISTING_LAG ? FOR_ANY_READER : NOT_YET;
    }
}
