/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.SplitStatus.Assigned;
import io.dynamoreplica.flink.protocol.SplitStatus.Ended;
import io.dynamoreplica.flink.protocol.SplitStatus.Unassigned;
import io.dynamoreplica.flink.split.ReplicationSplit;
import java.util.Optional;

/** A split as the enumerator last knew it, and its status. */
public record SplitEntry(ReplicationSplit split, SplitStatus status) {

    boolean isUnassigned() {
        return status instanceof Unassigned;
    }

    boolean isAssignedTo(int subtask) {
        return status instanceof Assigned assigned && assigned.subtask() == subtask;
    }

    boolean hasEnded() {
        return status instanceof Ended;
    }

    /** The reader that has the split; empty if none has it, or if the reader is not known. */
    Optional<Integer> reader() {
        return status instanceof Assigned assigned && assigned.subtask() != SplitStatus.UNKNOWN_READER
                ? Optional.of(assigned.subtask())
                : Optional.empty();
    }

    SplitEntry with(SplitStatus newStatus) {
        return new SplitEntry(split, newStatus);
    }

    SplitEntry with(ReplicationSplit newSplit) {
        return new SplitEntry(newSplit, status);
    }
}
