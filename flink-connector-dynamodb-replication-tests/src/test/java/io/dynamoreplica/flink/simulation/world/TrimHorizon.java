/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.world;

import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Iterators at the oldest record of a shard, open or closed, that are refused as trimmed when they are used. They
 * are refused once, as if the record had been trimmed between the two calls, or many times, as DynamoDB Local does
 * for a shard that has no more records. Has its own dice, so that other events of a seed do not change.
 */
final class TrimHorizon {

    /** Of a hundred reads at the oldest record, this many begin a series of refusals. */
    private static final int SERIES = 4;

    private static final int LONGEST = 30;

    private static final int SHORT = 2;

    private final Random dice;
    private final Set<String> iterators = new HashSet<>();

    /** The number of refusals of the series that remain. */
    private final Map<ShardKey, Integer> toCome = new HashMap<>();

    TrimHorizon(WorldPlan plan) {
        this.dice = new Random(plan.hashCode());
    }

    void given(String iterator) {
        iterators.add(iterator);
    }

    /**
     * @param open whether the shard still takes records: if a closed shard has records, they are returned in the
     *     end
     */
    boolean refuses(ShardKey shard, boolean open, String iterator, WorldPlan plan) {
        if (!iterators.remove(iterator)
                || !plan.losses().trims()
                || !plan.pages().expiry()) {
            return false;
        }
        int left = toCome.getOrDefault(shard, 0);
        if (left == 0 && dice.nextInt(100) < SERIES) {
            left = 1 + dice.nextInt(dice.nextBoolean() ? SHORT : LONGEST);
        }
        left = open ? left : Math.min(left, SHORT);
        toCome.put(shard, Math.max(0, left - 1));
        return left > 0;
    }
}
