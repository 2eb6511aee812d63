/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.engine;

import io.dynamoreplica.flink.split.ReplicationSplit;
import java.util.List;

/** A message to a reader, from the coordinator, or from Flink for a checkpoint. Messages keep their order. */
sealed interface ToReader {

    record Assigned(List<ReplicationSplit> splits) implements ToReader {}

    record Forget(List<String> splitIds) implements ToReader {}

    record Withdraw(String table, long epoch) implements ToReader {}

    record EpochEnded(String table, long epoch) implements ToReader {}

    record NothingToRead() implements ToReader {}

    record ShardClosed(String splitId) implements ToReader {}

    record NoMoreSplits() implements ToReader {}

    /**
     * The request for a snapshot. Flink holds back messages that the coordinator sends after its snapshot until the
     * barrier has passed the reader. Therefore the barrier has a place among the messages.
     */
    record TakeSnapshot(long checkpointId) implements ToReader {}
}
