/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import java.io.Serializable;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A part of one epoch of one table that a reader reads on its own: a segment of the Scan, or a
 * shard of the stream.
 *
 * <p>A split is a value: the reader keeps a mutable state beside it and turns that back into a
 * split at each checkpoint. A split that has been read to its end stays in the reader's state,
 * {@link #isFinished() finished}, until the enumerator has the end in a completed checkpoint of its
 * own.
 */
@Internal
public sealed interface ReplicationSplit extends SourceSplit, Serializable permits ScanSplit, ShardSplit {

    /** The identity of the split, stable over its life and different in each epoch. */
    @Override
    String splitId();

    /** The table's name as the user configured it. */
    String table();

    /** The number of the table's full copy to which this split belongs. */
    long epoch();

    /** Whether everything in this split has been emitted. */
    boolean isFinished();
}
