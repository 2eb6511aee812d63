/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardSplit;
import org.apache.flink.annotation.Internal;

/**
 * How far a split has been emitted: the mutable side of a split, moved by the emitter in the task's
 * thread alone.
 */
@Internal
public sealed interface SplitState permits ScanSplitState, ShardSplitState {

    static SplitState of(ReplicationSplit split) {
        if (split instanceof ScanSplit scan) {
            return new ScanSplitState(scan);
        }
        return new ShardSplitState((ShardSplit) split);
    }

    /** The split at the position emitted so far. */
    ReplicationSplit split();

    /** The split at its end, which was reached: everything in it has been emitted. */
    ReplicationSplit finished();
}
