/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import java.io.Serializable;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A part of one epoch of one table that one reader reads: a segment of the Scan, or a shard of the
 * stream.
 *
 * <p>A split is an immutable value. The reader has a mutable state for it, and turns that state into a
 * split at each checkpoint. A split that was read to its end is {@link #isFinished() finished}. It stays
 * in the reader's state until a completed checkpoint of the enumerator contains its end.
 */
public sealed interface ReplicationSplit extends SourceSplit, Serializable permits ScanSplit, ShardSplit {

    /** Returns the identity of the split, stable over its life and different in each epoch. */
    @Override
    String splitId();

    /** Returns the table's name as the user configured it. */
    String table();

    /** Returns the number of the table's full copy to which this split belongs. */
    long epoch();

    /** Returns whether everything in this split has been emitted. */
    boolean isFinished();
}
