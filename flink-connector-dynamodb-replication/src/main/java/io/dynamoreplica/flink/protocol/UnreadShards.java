/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.Gap.Range;
import io.dynamoreplica.flink.protocol.SplitStatus.Ended;
import io.dynamoreplica.flink.split.GapCause;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rules for shards of which no record was read yet: how long they can wait, and what it means
 * if DynamoDB gives no record of one.
 *
 * <p>A stream trims only records that are at least 24 hours old. So as long as a shard's proof is
 * younger than 24 hours, every trimmed record of the shard is older than the proof, and no such
 * record is needed: it is older than the anchor, or there is none because the shard did not exist.
 */
final class UnreadShards {

    /**
     * Returns the waiting shards whose first records may be trimmed while they wait. A shard that
     * waits for the end of its parent is not returned: its records are younger than all records of the
     * parent. The parent's end shows how much younger.
     */
    static Stream<ShardSplit> waiting(TableState state) {
        return state.splits()
                .unassignedShards()
                .filter(UnreadShards::isFromBeginning)
                .filter(split -> parentOf(state, split)
                        .filter(parent -> isToBeRead(state, parent))
                        .isEmpty());
    }

    private static Optional<ShardNode> parentOf(TableState state, ShardSplit split) {
        return state.lineage()
                .find(split.shardId())
                .flatMap(node -> node.shard().parent())
                .flatMap(state.lineage()::find);
    }

    private static boolean isToBeRead(TableState state, ShardNode node) {
        return !node.skipped()
                && state.statusOf(node.shard().shardId())
                        .filter(status -> !(status instanceof Ended))
                        .isPresent();
    }

    /**
     * Raises the proof of each child whose parent has been read to its end. DynamoDB opens a child
     * when it closes the parent. So the child's proof is at least the parent's last one, minus
     * five minutes, because a proof from empty pages can be too late by the length of their run. This
     * holds only because reading alone changes a proof: a gap that is ignored does not change it.
     */
    static TableState provenByParents(TableState state) {
        Map<String, Long> proofs = new HashMap<>();
        Iterator<ShardSplit> children = state.splits()
                .unassignedShards()
                .filter(UnreadShards::isFromBeginning)
                .iterator();
        while (children.hasNext()) {
            ShardSplit split = children.next();
            endOfParent(state, split)
                    .map(end -> end.proof() - TimeBounds.CLOCK_TOLERANCE)
                    .filter(proof -> proof > split.proof())
                    .ifPresent(proof -> proofs.put(split.splitId(), proof));
        }
        return state.with(state.splits()
                .changeShards(
                        proofs.keySet(),
                        split -> split.at(split.position(), proofs.get(split.splitId()), split.dropBefore())));
    }

    private static Optional<ShardSplit> endOfParent(TableState state, ShardSplit split) {
        return parentOf(state, split)
                .flatMap(parent ->
                        state.splits().find(state.splitIdOf(parent.shard().shardId())))
                .filter(SplitEntry::hasEnded)
                .map(entry -> (ShardSplit) entry.split());
    }

    /**
     * Finds the gaps in shards of which readers get no record.
     *
     * @param now the time of a complete listing that was answered after the readers' reports
     */
    static List<Gap> lost(TableState state, long now) {
        List<Gap> lost = new ArrayList<>();
        for (UnreadReport unread : asked(state)) {
            ShardSplit split = unread.split();
            boolean needsAll = needsAll(split) && needsAll(known(state, split));
            if (needsAll && now - split.proof() >= TimeBounds.RETENTION - TimeBounds.CLOCK_TOLERANCE) {
                lost.add(gap(GapCause.TRIMMED, unread, now));
            } else if (!needsAll && isGone(state, split, now) && !isClosed(state, split)) {
                lost.add(gap(GapCause.VANISHED, unread, now));
            }
        }
        return lost;
    }

    private static boolean isFromBeginning(ShardSplit split) {
        return split.position() instanceof ShardPosition.Beginning;
    }

    /** Returns whether every record of the shard is needed. Dropped records do not change this. */
    private static boolean needsAll(ShardSplit split) {
        return !(split.position() instanceof ShardPosition.OldestKept);
    }

    /** Returns the enumerator's version of the split: it differs if the gap has been ignored. */
    private static ShardSplit known(TableState state, ShardSplit split) {
        return (ShardSplit) state.splits().find(split.splitId()).orElseThrow().split();
    }

    private static Gap gap(GapCause cause, UnreadReport unread, long now) {
        return new Gap(
                cause,
                unread.split().shardId(),
                "%s is given no record: %s".formatted(unread.split().splitId(), unread.detail()),
                new Range(unread.split().proof(), now));
    }

    /** Returns the reports about shards to which no record will be added. */
    static List<UnreadReport> atTheirEnd(TableState state, long now) {
        return asked(state).stream()
                .filter(unread -> isClosed(state, unread.split()) || isGone(state, unread.split(), now))
                .toList();
    }

    private static List<UnreadReport> asked(TableState state) {
        return state.pending().unread().values().stream()
                .filter(unread -> state.splits()
                        .find(unread.split().splitId())
                        .filter(entry -> entry.isAssignedTo(unread.subtask()))
                        .isPresent())
                .toList();
    }

    private static boolean isClosed(TableState state, ShardSplit split) {
        return state.lineage()
                .find(split.shardId())
                .filter(node -> node.shard().closed())
                .isPresent();
    }

    /** Returns whether two complete listings lack the shard, and are far enough apart to prove it. */
    private static boolean isGone(TableState state, ShardSplit split, long now) {
        return state.lineage()
                .find(split.shardId())
                .filter(node -> !node.isListed())
                .filter(node -> now - node.seen().absentSince() >= TimeBounds.LISTING_LAG)
                .isPresent();
    }

    private UnreadShards() {}
}
