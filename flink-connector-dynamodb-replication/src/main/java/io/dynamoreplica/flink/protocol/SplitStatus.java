/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import org.apache.flink.annotation.Internal;

/** Where a split stands between the enumerator and its reader. */
@Internal
public sealed interface SplitStatus {

    /** The enumerator has the split. */
    record Unassigned() implements SplitStatus {}

    /**
     * A reader has the split and has not said that it ended.
     *
     * @param subtask {@link #UNKNOWN_READER} between a restore and the report of the reader that
     *     was restored with it
     */
    record Assigned(int subtask) implements SplitStatus {}

    /**
     * The reader has emitted everything.
     *
     * @param subtask who said so
     * @param checkpoint the first checkpoint begun after the report; meaningful when {@code
     *     coverage} is PENDING
     */
    record Ended(int subtask, Coverage coverage, long checkpoint) implements SplitStatus {

        Ended checkpointStarted(long checkpointId) {
            return coverage == Coverage.REPORTED ? new Ended(subtask, Coverage.PENDING, checkpointId) : this;
        }

        Ended checkpointCompleted(long checkpointId) {
            return coverage == Coverage.PENDING && checkpoint <= checkpointId ? covered(subtask) : this;
        }
    }

    /** How safe the report of an end is. */
    enum Coverage {
        /** No checkpoint has begun since. */
        REPORTED,
        /** A checkpoint that contains it has begun. */
        PENDING,
        /** A checkpoint that contains it has completed: no failure can make it untrue. */
        COVERED
    }

    int UNKNOWN_READER = -1;

    SplitStatus UNASSIGNED = new Unassigned();

    static Ended reported(int subtask) {
        return new Ended(subtask, Coverage.REPORTED, -1);
    }

    static Ended covered(int subtask) {
        return new Ended(subtask, Coverage.COVERED, -1);
    }
}
