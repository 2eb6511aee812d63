/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import java.io.Serializable;

/**
 * The position up to which a shard was emitted. There is no position at the end of an open shard: an
 * iterator there has no sequence number that could be stored in a checkpoint.
 */
public sealed interface ShardPosition extends Serializable {

    /**
     * No record was emitted yet, and every record of the shard is needed. If one was trimmed, this is a
     * gap.
     */
    record Beginning() implements ShardPosition {}

    /** No record was emitted yet, and only the records are needed that the stream still keeps. */
    record OldestKept() implements ShardPosition {}

    /**
     * All records up to this one were emitted.
     *
     * @param sequenceNumber 21 to 40 digits
     */
    record After(String sequenceNumber) implements ShardPosition {
        public After {
            if (sequenceNumber.isEmpty()) {
                throw new IllegalArgumentException("A position after a record needs its sequence number");
            }
        }
    }

    /** The shard is closed and its last record was emitted. */
    record End() implements ShardPosition {}

    ShardPosition BEGINNING = new Beginning();
    ShardPosition OLDEST_KEPT = new OldestKept();
    ShardPosition END = new End();
}
