/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.world;

import static io.dynamoreplica.flink.simulation.world.Truth.NEVER;

import io.dynamoreplica.flink.split.Shard;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** One shard, the records that the stream still holds of it, and the times at which listings show its changes. */
final class WorldShard {

    /**
     * The stages of a shard as its records disappear, in this order.
     *
     * <pre>
     *   KEPT ----------------&gt; TRIMMED ---------------&gt; GONE ---------------&gt; UNLISTED
     *   (of some records)      iterators are given,     every call is         no listing
     *                          reads refused            refused               shows it
     * </pre>
     */
    enum Stage {
        KEPT,
        TRIMMED,
        GONE,
        UNLISTED
    }

    /**
     * A record that was not trimmed yet.
     *
     * @param written on DynamoDB's clock, milliseconds since 1970
     */
    record Kept(String sequenceNumber, long written) {}

    private final ShardKey key;
    private final Optional<WorldShard> parent;
    private final long shownFrom;
    private final Deque<Kept> kept = new ArrayDeque<>();
    private long rollsOverAt;
    private long closed = NEVER;
    private long closedShownFrom = NEVER;
    private Stage stage = Stage.KEPT;
    private long stageSince;

    WorldShard(ShardKey key, Optional<WorldShard> parent, long shownFrom, long rollsOverAt) {
        this.key = key;
        this.parent = parent;
        this.shownFrom = shownFrom;
        this.rollsOverAt = rollsOverAt;
    }

    ShardKey key() {
        return key;
    }

    String id() {
        return key.shardId();
    }

    boolean isOpen() {
        return closed == NEVER;
    }

    /** Returns the time at which it rolls over by its age; {@link Truth#NEVER} if it is closed. */
    long rollsOverAt() {
        return rollsOverAt;
    }

    long closed() {
        return closed;
    }

    Deque<Kept> kept() {
        return kept;
    }

    Stage stage() {
        return stage;
    }

    long stageSince() {
        return stageSince;
    }

    /** Tells whether the shard may enter the stage. Older generations go first. */
    boolean mayEnter(Stage next) {
        return parent.isEmpty() || parent.get().stage.compareTo(next) >= 0;
    }

    void close(long now, long shownFromThen) {
        if (isOpen()) {
            closed = now;
            closedShownFrom = shownFromThen;
            rollsOverAt = NEVER;
        }
    }

    void enter(Stage next, long now) {
        stage = next;
        stageSince = now;
    }

    /** Tells whether a listing of this time shows the shard. */
    boolean isShownAt(long time) {
        return time >= shownFrom && !isUnlistedSince(time);
    }

    boolean isUnlistedSince(long time) {
        return stage == Stage.UNLISTED && stageSince <= time;
    }

    /** Returns the shard as a listing of this time shows it. */
    Shard shownAt(long time) {
        return new Shard(id(), parent.map(WorldShard::id).orElse(null), time >= closedShownFrom);
    }
}
