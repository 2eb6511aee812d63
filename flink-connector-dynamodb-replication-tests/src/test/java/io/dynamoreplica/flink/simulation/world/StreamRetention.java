/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.world;

import io.dynamoreplica.flink.simulation.world.WorldShard.Kept;
import io.dynamoreplica.flink.simulation.world.WorldShard.Stage;
import io.dynamoreplica.flink.testing.fake.FakeStream;

/**
 * What a stream still keeps. AWS promises 24 hours, and nothing beyond: a record that is older may
 * be there for hours, or be trimmed at once, in the middle of a shard.
 */
final class StreamRetention {

    static final long HOUR = 60 * 60_000L;

    static final long PROMISED = 24 * HOUR;

    /** Chosen: at the latest after this time nothing is left of a record. */
    private static final long LONGEST = PROMISED + 6 * HOUR;

    /**
     * Chosen: how long a shard can be trimmed without being gone, or gone without being unlisted.
     */
    private static final long STAGE = 12 * HOUR;

    private final FakeStream stream;
    private final Conditions conditions;
    private final Truth truth;

    StreamRetention(FakeStream stream, Conditions conditions, Truth truth) {
        this.stream = stream;
        this.conditions = conditions;
        this.truth = truth;
    }

    /** To be applied to parents before their children. */
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
     * Happens between two listings, since those are where it shows.
     *
     * @param lag by which it happened earlier, so that listings that lag more show the shard again
     */
    void unlist(WorldShard shard, long now, long lag) {
        if (shard.stage() == Stage.GONE
                && shard.mayEnter(Stage.UNLISTED)
                && isDue(now - shard.stageSince(), 0, STAGE)) {
            shard.enter(Stage.UNLISTED, now - lag);
        }
    }

    /**
     * Once the age has passed {@code least}, the dice decide; from {@code most} on there is no
     * choice.
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
