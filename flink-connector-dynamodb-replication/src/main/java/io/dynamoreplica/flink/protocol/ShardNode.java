/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.split.Shard;

/**
 * A shard as listings have shown it. All times are times of listings, on DynamoDB's clock, in
 * milliseconds since 1970.
 *
 * @param role whether the shard must be read
 * @param seen when listings showed the shard
 * @param closedSince the first listing that showed the shard closed; {@link #NEVER} while it is open
 */
public record ShardNode(Shard shard, ShardRole role, Seen seen, long closedSince) {

    public static final long NEVER = -1;

    /**
     * The times of the listings that showed a shard.
     *
     * @param first the first listing that showed the shard
     * @param last the last listing that showed it
     * @param absentSince the first listing after {@code last} that did not show it; {@link #NEVER}
     *     while the shard is listed
     */
    public record Seen(long first, long last, long absentSince) {}

    /** The role of a shard: whether it must be read. */
    public enum ShardRole {
        /**
         * The shard need not be read: the copy has its changes, the user did not ask for them, or a
         * child was read first and the gap was ignored.
         */
        SKIPPED,
        /** The anchor listed the shard, and it must be read. */
        ANCHORED,
        /** The shard was listed after the anchor, and it must be read. */
        LATER
    }

    static ShardNode firstListed(Shard shard, ShardRole role, long listing) {
        return new ShardNode(shard, role, new Seen(listing, listing, NEVER), shard.closed() ? listing : NEVER);
    }

    ShardNode listedAgain(Shard newShard, long listing) {
        // A closed shard stays closed, and a shard keeps its parent. A listing that shows something
        // else lags.
        Shard latest = new Shard(
                shard.shardId(), shard.parent().orElse(newShard.parentShardId()), shard.closed() || newShard.closed());
        long closed = closedSince != NEVER || !newShard.closed() ? closedSince : listing;
        return new ShardNode(latest, role, new Seen(seen.first(), listing, NEVER), closed);
    }

    ShardNode absentFrom(long listing) {
        return seen.absentSince() != NEVER
                ? this
                : new ShardNode(shard, role, new Seen(seen.first(), seen.last(), listing), closedSince);
    }

    ShardNode in(ShardRole newRole) {
        return new ShardNode(shard, newRole, seen, closedSince);
    }

    boolean skipped() {
        return role == ShardRole.SKIPPED;
    }

    boolean isListed() {
        return seen.absentSince() == NEVER;
    }
}
