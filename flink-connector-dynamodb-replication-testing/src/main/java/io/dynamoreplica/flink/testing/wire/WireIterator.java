/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.util.Optional;

/**
 * A shard iterator of the wire. Like DynamoDB's own iterators it begins with the stream's ARN, so
 * that GetRecords needs no other argument. The fake's iterator follows.
 */
record WireIterator(String streamArn, String shardId, String iterator) {

    private static final String SEPARATOR = "|";
    private static final int PARTS = 3;

    static WireIterator of(ShardKey shard, String iterator) {
        return new WireIterator(shard.streamArn(), shard.shardId(), iterator);
    }

    String encode() {
        return String.join(SEPARATOR, streamArn, shardId, iterator);
    }

    /** Decodes an iterator; empty if the text is not an iterator. */
    static Optional<WireIterator> decode(String text) {
        String[] parts = text.split("\\" + SEPARATOR, PARTS);
        return parts.length == PARTS ? Optional.of(new WireIterator(parts[0], parts[1], parts[2])) : Optional.empty();
    }
}
