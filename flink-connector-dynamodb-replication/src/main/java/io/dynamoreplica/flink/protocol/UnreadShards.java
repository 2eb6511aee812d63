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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Shards of which nothing was read yet: how long they can wait, and what becomes of one of which
 * DynamoDB gives no record.
 *
 * <p>What a stream trims is 24 hours old or older. So before 24 hours have passed since a shard's
 * proof, whatever was trimmed of it is older than the proof, and nobody needs it: it is older than
 * the anchor, or there is nothing of that age because the shard did not exist.
 */
final class UnreadShards {

    /**
     * Waiting shards whose first records may be trimmed while they wait. A shard that waits for the
     * end of its parent is not among them: it is younger than whatever the parent's reader reads.
     * The parent's end says how much younger.
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
     * A child is opened when its parent is closed. So when the parent has been read to its end, the
     * child's proof is at least the parent's last one, less a margin: a proof by empty pages can be
     * too young by the length of their run. This holds as long as nothing moves a proof but what
     * was read: a loss that is ignored leaves it where it was.
     */
    static TableState provenByParents(TableState state) {
        Map<String, Long> proofs = new HashMap<>();
        state.splits().unassignedShards().filter(UnreadShards::isFromBeginning).forEach(split -> endOfParent(
                        state, split)
                .map(end -> end.proof() - TimeBounds.ANCHOR)
                .filter(proof -> proof > split.proof())
                .ifPresent(proof -> proofs.put(split.splitId(), proof)));
        return state.with(state.splits()
                .changeShards(
                        proofs.keySet(),
                        split -> split.at(split.position(), proofs.get(split.splitId()), split.dropBefore())));
    }

    private static Optional<ShardSplit> endOfParent(TableState state, ShardSplit split) {
        return parentOf(state, split)
                .flatMap(parent -> state.splits()
                        .find(ShardSplit.idOf(
                                state.table(), state.epoch(), parent.shard().shardId())))
                .filter(entry -> entry.status() instanceof Ended)
                .map(entry -> (ShardSplit) entry.split());
    }

    /**
     * What was lost of the shards of which readers get no record.
     *
     * @param now time of a complete listing that was answered after the readers' words
     */
    static List<Gap> lost(TableState state, long now) {
        List<Gap> lost = new ArrayList<>();
        for (UnreadReport unread : asked(state)) {
            ShardSplit split = unread.split();
            boolean needsAll = needsAll(split) && needsAll(known(state, split));
            if (needsAll && now - split.proof() >= TimeBounds.RETENTION - TimeBounds.ANCHOR) {
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

    /** A reader that has only dropped records so far is after one of them. */
    private static boolean needsAll(ShardSplit split) {
        return !(split.position() instanceof ShardPosition.OldestKept);
    }

    /** The split as it is here: once its loss has been ignored it asks for no more than is kept. */
    private static ShardSplit known(TableState state, ShardSplit split) {
        return (ShardSplit) state.splits().find(split.splitId()).orElseThrow().split();
    }

    private static Gap gap(GapCause cause, UnreadReport unread, long now) {
        return new Gap(
                cause,
                unread.split().shardId(),
                unread.split().splitId() + " is given no record: " + unread.detail(),
                new Range(unread.split().proof(), now));
    }

    /** Words about shards that are at their end, since no record will be added to them. */
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

    /** Whether two complete listings that are far enough apart lack the shard. */
    private static boolean isGone(TableState state, ShardSplit split, long now) {
        return state.lineage()
                .find(split.shardId())
                .filter(node -> !node.isListed())
                .filter(node -> now - node.seen().absentSince() >= TimeBounds.LISTING_LAG)
                .isPresent();
    }

    private UnreadShards() {}
}
