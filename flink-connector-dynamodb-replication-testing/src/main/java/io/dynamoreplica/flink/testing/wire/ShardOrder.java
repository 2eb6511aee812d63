/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.Random;

/**
 * The order in which the pages of a listing show shards. It goes by their ids alone, so that shards
 * that come and go between two pages move no other one from page to page.
 */
final class ShardOrder {

    /** As the fake makes ids: {@code shardId-number-hash}. */
    private static final int NUMBER = 1;

    private ShardOrder() {}

    static Comparator<String> of(WireBehaviour behaviour) {
        Comparator<String> byAge = Comparator.comparing(ShardOrder::startingSequenceNumber);
        Comparator<String> oldestFirst = byAge.thenComparing(Comparator.naturalOrder());
        if (behaviour.shardOrder().isEmpty()) {
            return oldestFirst;
        }
        long seed = behaviour.shardOrder().getAsLong();
        return Comparator.<String>comparingLong(id -> new Random(seed ^ id.hashCode()).nextLong())
                .thenComparing(oldestFirst);
    }

    /** No record of the shard has a lower one. */
    static BigInteger startingSequenceNumber(String shardId) {
        return new BigInteger(shardId.split("-")[NUMBER]);
    }
}
