/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

/** A split's place on its way from the enumerator to a reader and to its end. */
public sealed interface SplitStatus {

    /** The enumerator has the split. */
    record Unassigned() implements SplitStatus {}

    /**
     * A reader has the split and has not reported its end.
     *
     * @param subtask {@link #UNKNOWN_READER} after a restore, until the reader that was restored
     *     with the split reports it
     */
    record Assigned(int subtask) implements SplitStatus {}

    /**
     * The reader has emitted everything in the split.
     *
     * @param subtask the reader that reported the end
     * @param checkpoint the first checkpoint that began after the report; it has a meaning only if
     *     {@code coverage} is PENDING
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
        /** No checkpoint has begun since the report. */
        REPORTED,
        /** A checkpoint that contains the report has begun. */
        PENDING,
        /** A checkpoint that contains the report has completed. No failure can make the end void. */
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

    /** Returns whether the split has ended, and its end is in a completed checkpoint. */
    default boolean isCovered() {
        return this instanceof Ended ended && ended.coverage() == Coverage.COVERED;
    }
}
