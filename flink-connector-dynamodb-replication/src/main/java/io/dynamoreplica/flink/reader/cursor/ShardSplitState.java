/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import io.dynamoreplica.flink.service.StreamRecord;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import org.apache.flink.annotation.Internal;

/**
 * How far a shard has been emitted, record by record, and which records at its beginning are not
 * wanted.
 *
 * <p>The rule about unwanted records lives here, not where pages are fetched: it looks at every
 * record once, in the order in which they count into the state, so that a restore goes on with the
 * rule exactly where the checkpoint was.
 */
@Internal
public final class ShardSplitState implements SplitState {

    private ShardSplit split;

    public ShardSplitState(ShardSplit split) {
        this.split = split;
    }

    /**
     * Whether the record is to be emitted. The records at the beginning that are older than {@link
     * ShardSplit#dropBefore} are not; from the first one on that is not older, all are, whatever
     * their time says: creation times are cut to the second and need not rise.
     */
    public boolean wants(StreamRecord record) {
        return record.created().toEpochMilli() >= split.dropBefore();
    }

    /**
     * The record has been emitted, or dropped: either way the position is after it. The proof never
     * goes back, because what was proven for an earlier position holds for a later one.
     */
    public void passed(StreamRecord record) {
        long dropBefore = wants(record) ? ShardSplit.DROP_NOTHING : split.dropBefore();
        split = split.at(
                new ShardPosition.After(record.sequenceNumber()),
                Math.max(split.proof(), record.created().toEpochMilli()),
                dropBefore);
    }

    /** The position it has was still whole at this time, milliseconds on DynamoDB's clock. */
    public void proven(long time) {
        split = split.at(split.position(), Math.max(split.proof(), time), split.dropBefore());
    }

    /**
     * What comes after this position is lost, and replication goes on from the oldest record kept:
     * a restore does not meet the same gap again.
     */
    public void gapPassed() {
        split = split.at(ShardPosition.OLDEST_KEPT, split.proof(), split.dropBefore());
    }

    @Override
    public ShardSplit split() {
        return split;
    }

    @Override
    public ShardSplit finished() {
        return split.at(ShardPosition.END, split.proof(), split.dropBefore());
    }
}
