/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.world;

import io.dynamoreplica.flink.service.ShardListing;
import io.dynamoreplica.flink.split.Shard;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import io.dynamoreplica.flink.testing.fake.FakeStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One stream of a table, from its first shards until none of them exists. */
final class WorldStream {

    /** The approximate time that a shard takes records, according to AWS. */
    private static final long SHARD_LIFE = 4 * StreamRetention.HOUR;

    /** The lag that the protocol allows. */
    private static final long LONGEST_LAG = 60_000;

    private static final int MOST_OPEN_SHARDS = 6;

    private final FakeStream stream;
    private final Conditions conditions;
    private final Truth truth;
    private final StreamRetention retention;
    private final Map<String, WorldShard> shards = new LinkedHashMap<>();
    private long retentionDue;

    WorldStream(FakeStream stream, Conditions conditions, Truth truth, long now) {
        this.stream = stream;
        this.conditions = conditions;
        this.truth = truth;
        this.retention = new StreamRetention(stream, conditions, truth);
        this.retentionDue = now + StreamRetention.HOUR;
        stream.shards().forEach(shard -> opened(shard.shardId(), Optional.empty(), now, now));
    }

    String arn() {
        return stream.arn();
    }

    boolean isOpen(ShardKey shard) {
        WorldShard known = shards.get(shard.shardId());
        return known != null && known.isOpen();
    }

    /** Tells whether nothing of the stream exists any more. */
    boolean isOver() {
        return shards.isEmpty();
    }

    /** Returns the next time at which an event is due. */
    long nextDue() {
        long next = retentionDue;
        for (WorldShard shard : shards.values()) {
            next = Math.min(next, shard.rollsOverAt());
        }
        return next;
    }

    /** Lets every event happen that is due by this time. */
    void advance(long now) {
        for (WorldShard shard : open()) {
            if (shard.rollsOverAt() <= now) {
                rollOver(shard, now);
            }
        }
        if (retentionDue <= now) {
            retentionDue = now + StreamRetention.HOUR;
            retain(now);
        }
    }

    /** Trims some of the records that are old enough, as the dice decide. */
    void retain(long now) {
        if (conditions.plan().losses().trims()) {
            shards.values().forEach(shard -> retention.applyTo(shard, now));
            shards.values().removeIf(shard -> shard.isUnlistedSince(now - LONGEST_LAG));
        }
    }

    void recorded(String sequenceNumber, String shardId, long now) {
        shards.get(shardId).kept().add(new WorldShard.Kept(sequenceNumber, now));
    }

    /** Rolls one of the open shards over. */
    String rollOver(long now) {
        return rollOver(conditions.any(open()), now).id();
    }

    private WorldShard rollOver(WorldShard parent, long now) {
        return opened(stream.rollOver(parent.id()), Optional.of(parent), now, now + lag());
    }

    /**
     * Rolls shards over several times in a row. Listings may show the last shard before the first one, which is
     * closed by then.
     *
     * @param between an action after each roll-over
     */
    String rollOverOften(long now, Runnable between) {
        WorldShard shard = conditions.any(open());
        for (int times = 2 + conditions.below(2); times > 0; times--) {
            shard = rollOver(shard, now);
            between.run();
        }
        return shard.id();
    }

    /** Splits one of the open shards, unless there are too many already. */
    Optional<List<String>> split(long now) {
        List<WorldShard> open = open();
        if (open.size() >= MOST_OPEN_SHARDS) {
            return Optional.empty();
        }
        WorldShard parent = conditions.any(open);
        List<String> children = stream.split(parent.id());
        children.forEach(child -> opened(child, Optional.of(parent), now, now + lag()));
        return Optional.of(children);
    }

    /** Notes that the stream was switched off: its shards are closed and have no children. */
    void closed(long now) {
        open().forEach(shard -> close(shard, now));
    }

    /** Removes the stream: a day after it was switched off, no call is answered any more. */
    void dropped(long now) {
        shards.values().forEach(shard -> truth.shardGone(shard.key(), now));
        shards.clear();
    }

    /** Returns a listing that lags as far as the plan allows. */
    ShardListing shown(ShardListing real) {
        long now = real.serverTime().toEpochMilli();
        if (conditions.plan().losses().trims()) {
            shards.values().forEach(shard -> retention.unlist(shard, now, lag()));
        }
        long time = now - lag();
        List<Shard> listed = new ArrayList<>();
        for (WorldShard shard : shards.values()) {
            if (shard.isShownAt(time)) {
                listed.add(shard.shownAt(time));
            }
        }
        if (conditions.plan().listings().unordered()) {
            conditions.shuffle(listed);
        }
        return new ShardListing(real.streamArn(), real.status(), listed, real.serverTime());
    }

    /** Returns the longest lag of a shard and of a listing. Together they do not exceed the plan's lag. */
    private long lag() {
        return conditions.upTo(conditions.plan().listings().lagMillis() / 2);
    }

    private WorldShard opened(String shardId, Optional<WorldShard> parent, long now, long shownFrom) {
        long rollsOverAt = now + SHARD_LIFE - conditions.upTo(StreamRetention.HOUR / 2);
        WorldShard shard = new WorldShard(stream.key(shardId), parent, shownFrom, rollsOverAt);
        shards.put(shardId, shard);
        truth.shardOpened(shard.key(), parent.map(WorldShard::id), now);
        parent.ifPresent(known -> close(known, now));
        return shard;
    }

    private void close(WorldShard shard, long now) {
        shard.close(now, now + lag());
        truth.shardClosed(shard.key(), now);
    }

    private List<WorldShard> open() {
        List<WorldShard> open = new ArrayList<>();
        for (WorldShard shard : shards.values()) {
            if (shard.isOpen()) {
                open.add(shard);
            }
        }
        return open;
    }
}
