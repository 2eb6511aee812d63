/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import io.dynamoreplica.flink.service.StreamRecord;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;

/**
 * The position up to which a shard was emitted, record by record, and the rule that drops records at
 * its beginning.
 *
 * <p>The rule is here, and not where pages are fetched, because it belongs to the state: it looks at
 * the records in the order in which the position moves. So a restore goes on with the rule exactly
 * where the checkpoint was.
 */
public final class ShardSplitState implements SplitState {

    private ShardSplit split;

    public ShardSplitState(ShardSplit split) {
        this.split = split;
    }

    /**
     * Returns whether the record has to be emitted. Records at the beginning that are older than {@link
     * ShardSplit#dropBefore} are dropped. From the first record that is not older, all records are
     * emitted, whatever their time is: creation times are cut to the second and need not rise.
     */
    public boolean wants(StreamRecord record) {
        return record.created().toEpochMilli() >= split.dropBefore();
    }

    /**
     * Moves the position behind the record, which was emitted or dropped. The proof never goes back,
     * because a proof for an earlier position holds for a later one.
     */
    public void passed(StreamRecord record) {
        long dropBefore = wants(record) ? ShardSplit.DROP_NOTHING : split.dropBefore();
        split = split.at(
                new ShardPosition.After(record.sequenceNumber()),
                Math.max(split.proof(), record.created().toEpochMilli()),
                dropBefore);
    }

    /**
     * Keeps a proof for the present position.
     *
     * @param time milliseconds since 1970 on DynamoDB's clock
     */
    public void proven(long time) {
        split = split.at(split.position(), Math.max(split.proof(), time), split.dropBefore());
    }

    /**
     * Moves the position to the oldest record kept, because the records after the present position
     * are lost. So a restore does not find the same gap again.
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
