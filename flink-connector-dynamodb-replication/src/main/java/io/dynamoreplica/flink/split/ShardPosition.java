/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import java.io.Serializable;
import org.apache.flink.annotation.Internal;

/**
 * How far a shard has been emitted. There is no position at the tip: an iterator there has nothing
 * to checkpoint.
 */
@Internal
public sealed interface ShardPosition extends Serializable {

    /**
     * Nothing was emitted yet, and every record of the shard is needed: if one was trimmed, that is
     * a gap.
     */
    record Beginning() implements ShardPosition {}

    /** Nothing was emitted yet, and whatever the stream still keeps of the shard will do. */
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
