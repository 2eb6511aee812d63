/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.Random;

/**
 * The order of shards in the pages of a listing. It depends only on the shards' ids. If a shard
 * appears or disappears between two pages, no other shard moves to another page.
 */
final class ShardOrder {

    /** The position of the number in the fake's ids: {@code shardId-number-hash}. */
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

    /** Returns a number that is not higher than the sequence number of any record of the shard. */
    static BigInteger startingSequenceNumber(String shardId) {
        return new BigInteger(shardId.split("-")[NUMBER]);
    }
}
