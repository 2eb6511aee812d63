/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import java.io.Serializable;

/**
 * One shard of a table's stream.
 *
 * @param position how far the shard was emitted
 * @param proof the latest time at which this position was known to be untrimmed, milliseconds since
 *     1970 on DynamoDB's clock. It is the creation time of the last record that was read. If no record
 *     was read, it is the latest of these times: the time of the anchor, if the anchor shows the shard;
 *     otherwise a time shortly before the last listing without the shard; the proof of the parent's end
 *     less five minutes; a later answer that showed that the shard was still empty
 * @param dropBefore records at the beginning of the shard that are older than this are dropped, because
 *     the copy has them or the user did not ask for them; milliseconds since 1970 on DynamoDB's clock.
 *     {@link #DROP_NOTHING} after the first record that was not dropped
 */
public record ShardSplit(ShardKey shard, long epoch, ShardPosition position, long proof, long dropBefore)
        implements ReplicationSplit {

    public static final long DROP_NOTHING = Long.MIN_VALUE;

    /**
     * The address of a shard.
     *
     * @param streamArn the stream: if the stream of a table is switched off and on, it is another one
     */
    public record ShardKey(String table, String streamArn, String shardId) implements Serializable {
        public ShardKey {
            if (table.isEmpty() || streamArn.isEmpty() || shardId.isEmpty()) {
                throw new IllegalArgumentException("A shard needs a table, a stream and an id");
            }
        }
    }

    public ShardSplit {
        if (shard == null || position == null) {
            throw new IllegalArgumentException("A shard split needs a shard and a position");
        }
    }

    /** Returns the identity of a shard within an epoch, stable over its life. */
    public static String idOf(String table, long epoch, String shardId) {
        return table + "/" + epoch + "/" + shardId;
    }

    @Override
    public String table() {
        return shard.table();
    }

    public String shardId() {
        return shard.shardId();
    }

    public String streamArn() {
        return shard.streamArn();
    }

    @Override
    public String splitId() {
        return idOf(shard.table(), epoch, shard.shardId());
    }

    @Override
    public boolean isFinished() {
        return position instanceof ShardPosition.End;
    }

    public ShardSplit at(ShardPosition newPosition, long newProof, long newDropBefore) {
        return new ShardSplit(shard, epoch, newPosition, newProof, newDropBefore);
    }
}
