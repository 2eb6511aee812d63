/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.world;

import io.dynamoreplica.flink.simulation.world.WorldShard.Kept;
import io.dynamoreplica.flink.simulation.world.WorldShard.Stage;
import io.dynamoreplica.flink.testing.fake.FakeStream;

/**
 * The rules for what a stream still holds. AWS promises 24 hours and no more: an older record may stay for hours,
 * or be trimmed immediately, in the middle of a shard.
 */
final class StreamRetention {

    static final long HOUR = 60 * 60_000L;

    static final long PROMISED = 24 * HOUR;

    /** Chosen: after this time, a record no longer exists. */
    private static final long LONGEST = PROMISED + 6 * HOUR;

    /** Chosen: how long a shard can be trimmed without being gone, or gone without being unlisted. */
    private static final long STAGE = 12 * HOUR;

    private final FakeStream stream;
    private final Conditions conditions;
    private final Truth truth;

    StreamRetention(FakeStream stream, Conditions conditions, Truth truth) {
        this.stream = stream;
        this.conditions = conditions;
        this.truth = truth;
    }

    /** Applies the rules to a shard. Must be applied to parents before their children. */
    void applyTo(WorldShard shard, long now) {
        switch (shard.stage()) {
            case KEPT -> {
                trim(shard, now);
                if (shard.kept().isEmpty()
                        && shard.mayEnter(Stage.TRIMMED)
                        && isDue(now - shard.closed(), PROMISED, LONGEST)) {
                    stream.trimWhole(shard.id());
                    truth.shardRefusesReads(shard.key(), now);
                    shard.enter(Stage.TRIMMED, now);
                }
            }
            case TRIMMED -> {
                if (shard.mayEnter(Stage.GONE) && isDue(now - shard.stageSince(), 0, STAGE)) {
                    stream.unlist(shard.id());
                    truth.shardGone(shard.key(), now);
                    shard.enter(Stage.GONE, now);
                }
            }
            case GONE, UNLISTED -> {}
        }
    }

    /**
     * Removes a shard from the listings. This happens between two listings, because only listings show it.
     *
     * @param lag how much earlier it happened, so that listings with a longer lag show the shard again
     */
    void unlist(WorldShard shard, long now, long lag) {
        if (shard.stage() == Stage.GONE
                && shard.mayEnter(Stage.UNLISTED)
                && isDue(now - shard.stageSince(), 0, STAGE)) {
            shard.enter(Stage.UNLISTED, now - lag);
        }
    }

    /**
     * Tells whether a stage is due. If the age is over {@code least}, the dice decide; from {@code most} on, it is
     * always due.
     */
    private boolean isDue(long age, long least, long most) {
        return age >= most || (age >= least && conditions.happens(25));
    }

    private void trim(WorldShard shard, long now) {
        Kept last = null;
        long atMost = conditions.happens(25) ? PROMISED : LONGEST;
        while (!shard.kept().isEmpty()) {
            long age = now - shard.kept().peek().written();
            if (age < atMost || (age < LONGEST && conditions.happens(20))) {
                break;
            }
            last = shard.kept().remove();
        }
        if (last != null) {
            stream.trim(shard.id(), last.sequenceNumber());
            truth.trimmed(shard.key(), last.sequenceNumber(), now);
        }
    }
}
