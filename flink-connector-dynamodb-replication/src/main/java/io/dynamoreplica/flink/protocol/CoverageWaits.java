/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * The shards that wait for a completed checkpoint, so that another reader than their parent's can
 * have them. Immutable; not kept in checkpoints, because after a restore every reported end is in the
 * checkpoint.
 *
 * @param expected whether a checkpoint can be expected to complete soon: one has completed since the
 *     enumerator started, and since the last wait that ended without one
 * @param shards ids of the splits of the shards that wait
 */
record CoverageWaits(boolean expected, Set<String> shards) {

    static final CoverageWaits NONE = new CoverageWaits(false, Set.of());

    CoverageWaits {
        shards = Collections.unmodifiableSet(new TreeSet<>(shards));
    }

    CoverageWaits checkpointCompleted() {
        return new CoverageWaits(true, shards);
    }

    /** Notes that no checkpoint completed in time, if the shard still waits. So no shard waits for the next one. */
    CoverageWaits waitedLongEnough(String splitId) {
        return shards.contains(splitId) ? new CoverageWaits(false, shards) : this;
    }

    CoverageWaits of(Set<String> waiting) {
        return shards.equals(waiting) ? this : new CoverageWaits(expected, waiting);
    }
}
