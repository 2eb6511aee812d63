/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardSplit;

/**
 * The position up to which a split was emitted. Mutable; only the emitter moves it, in the task's
 * thread.
 */
public sealed interface SplitState permits ScanSplitState, ShardSplitState {

    /** Returns the state of a split that has to be read. */
    static SplitState of(ReplicationSplit split) {
        if (split instanceof ScanSplit scan) {
            return new ScanSplitState(scan);
        } else if (split instanceof ShardSplit shard) {
            return new ShardSplitState(shard);
        }
        throw new IllegalArgumentException("There is no state for a split of %s".formatted(split.getClass()));
    }

    /** Returns the split at the position up to which it was emitted. */
    ReplicationSplit split();

    /** Returns the split at its end: all its records were emitted. */
    ReplicationSplit finished();
}
