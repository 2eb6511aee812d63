/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.soak;

import io.dynamoreplica.flink.testing.fake.FakeStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * The turnover of shards. They roll over, split while there are few, and leave the stream some time after they were
 * closed, as the shards of a stream older than a day. Shards never merge, so splits come to an end.
 */
final class ShardTurnover {

    private static final int MOST_OPEN = 8;

    private final FakeStream stream;
    private final Random random;
    private final long keptNanos;
    private final Deque<Closed> closed = new ArrayDeque<>();

    private record Closed(String shardId, long since) {}

    /** @param keptNanos how long a closed shard stays listed */
    ShardTurnover(FakeStream stream, Random random, long keptNanos) {
        this.stream = stream;
        this.random = random;
        this.keptNanos = keptNanos;
    }

    /** Closes one open shard, which has children then. */
    void turn(long now) {
        List<String> open = stream.openShards();
        String shard = open.get(random.nextInt(open.size()));
        if (open.size() < MOST_OPEN && random.nextInt(3) == 0) {
            stream.split(shard);
        } else {
            stream.rollOver(shard);
        }
        closed.add(new Closed(shard, now));
        while (now - closed.peek().since() > keptNanos) {
            stream.unlist(closed.poll().shardId());
        }
    }
}
