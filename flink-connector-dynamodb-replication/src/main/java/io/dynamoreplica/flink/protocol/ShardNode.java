/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.split.Shard;
import org.apache.flink.annotation.Internal;

/**
 * A shard as we know it. All times are those of listings, on DynamoDB's clock, in milliseconds
 * since 1970.
 *
 * @param role whether it has to be read
 * @param seen when listings showed it
 * @param closedSince the first listing that showed it closed; {@link #NEVER} while it is open
 */
@Internal
public record ShardNode(Shard shard, ShardRole role, Seen seen, long closedSince) {

    public static final long NEVER = -1;

    /**
     * @param first the first listing that showed the shard
     * @param last the last one that did
     * @param absentSince the first listing after {@code last} that did not; {@link #NEVER} while it
     *     is listed
     */
    public record Seen(long first, long last, long absentSince) {}

    /** What the anchor says about a shard. */
    public enum ShardRole {
        /** Need not be read: what it holds is in the snapshot, or was not asked for. */
        SKIPPED,
        /** Listed at the anchor, to be read. */
        ANCHORED,
        /** Listed later, to be read. */
        LATER
    }

    static ShardNode firstListed(Shard shard, ShardRole role, long listing) {
        return new ShardNode(shard, role, new Seen(listing, listing, NEVER), shard.closed() ? listing : NEVER);
    }

    ShardNode listedAgain(Shard newShard, long listing) {
        // A closed shard stays closed, and a parent once named the parent: a listing that says
        // otherwise lags.
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

    ShardNode in(ShardRole newStanding) {
        return new ShardNode(shard, newStanding, seen, closedSince);
    }

    boolean skipped() {
        return role == ShardRole.SKIPPED;
    }

    boolean isListed() {
        return seen.absentSince() == NEVER;
    }
}
