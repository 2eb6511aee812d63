/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.mutation;

import java.util.List;

/** Broken rules about shards: which are read, in which order, by which reader, and until when. */
final class StreamMutations {

    static final List<Mutation> ALL = List.of(
            new Mutation(
                    "a child is read beside its parent",
                    "ParentsFirst",
                    "protocol.ShardReadiness",
                    "if (!(status instanceof Ended ended)) { return NOT_YET; }",
                    "if (!(status instanceof Ended ended)) { return FOR_ANY_READER; }"),
            new Mutation(
                    "the child of a parent whose end is in no checkpoint goes to any reader",
                    "ParentsFirst",
                    "protocol.ShardReadiness",
                    ": new OnlyFor(ended.subtask());",
                    ": FOR_ANY_READER;"),
            new Mutation(
                    "a child moves to another reader before its parent's end is covered",
                    "ParentsFirst",
                    "protocol.Placement",
                    "waiting.add(child.splitId()); shardLoad().merge(least, 1L, Long::sum);",
                    "place(child, least, shardLoad(), placed);"),
            new Mutation(
                    "a closed child of an open parent is skipped",
                    "NoSilentGap",
                    "protocol.Lineage",
                    "at != null; at = listed.get(at.parentShardId()))",
                    "at == shard; at = listed.get(at.parentShardId()))"),
            new Mutation(
                    "the late ancestor of a skipped shard is read",
                    "NoSilentGap",
                    "protocol.Lineage",
                    "skipClosed ? ancestorsOfAnchored(listing) : Set.of()",
                    "Set.of()"),
            new Mutation(
                    "the records of the minutes after the anchor are dropped too",
                    "NoSilentGap",
                    "protocol.StreamTransitions",
                    "anchor - TimeBounds.CLOCK_TOLERANCE",
                    "anchor + TimeBounds.CLOCK_TOLERANCE"),
            new Mutation(
                    "a finished shard is forgotten as soon as one listing lacks it",
                    "NoFalseGap",
                    "protocol.StreamTransitions",
                    "now - node.seen().absentSince() >= TimeBounds.FORGET_UNLISTED",
                    "now >= 0"),
            new Mutation(
                    "a child whose parent is not listed yet is read all the same",
                    "KeyOrder",
                    "protocol.ShardReadiness",
                    "instanceof ShardPosition.OldestKept ? FOR_ANY_READER : NOT_YET;",
                    "instanceof ShardPosition.OldestKept ? FOR_ANY_READER : FOR_ANY_READER;"),
            new Mutation(
                    "a child whose parent is not listed yet is a gap at once",
                    "NoFalseGap",
                    "protocol.GapRules",
                    "now - node.seen().first() < TimeBounds.LISTING_LAG",
                    "now <= 0"),
            new Mutation(
                    "a closed shard without a child is a gap at once",
                    "NoFalseGap",
                    "protocol.GapRules",
                    "now - node.closedSince() >= TimeBounds.ROLL_OVER",
                    "now > 0"),
            new Mutation(
                    "children are asked for without a rest",
                    "BoundedCalls",
                    "protocol.StreamTransitions",
                    "listings == 0 ? 0",
                    "listings >= 0 ? 0"),
            new Mutation(
                    "an open shard that gives nothing is taken for closed",
                    "NoSilentGap",
                    "protocol.UnreadShards",
                    ".filter(node -> node.shard().closed())",
                    ".filter(node -> node.seen().first() > 0)"),
            new Mutation(
                    "a closed shard that gives nothing lost nothing, however old",
                    "NoSilentGap",
                    "protocol.UnreadShards",
                    "if (needsAll && now - split.proof() >=",
                    "if (needsAll && now - now >="),
            new Mutation(
                    "a child that waits for its parent ages by the listing before it",
                    "NoFalseGap",
                    "protocol.UnreadShards",
                    ".filter(parent -> isToBeRead(state, parent))",
                    ".filter(parent -> parent.seen().first() < 0)"),
            new Mutation(
                    "the end of a parent proves nothing for its children",
                    "NoFalseGap",
                    "protocol.UnreadShards",
                    ".filter(proof -> proof > split.proof())",
                    ".filter(proof -> proof < 0)"));

    private StreamMutations() {}
}
