/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

/** Where a split stands between the enumerator and its reader. */
public sealed interface Stage {

    /** The enumerator has the split. */
    record Unassigned() implements Stage {}

    /**
     * A reader has the split and has not said that it ended.
     *
     * @param subtask {@link #UNKNOWN_READER} between a restore and the report of the reader that
     *     was restored with it
     */
    record Assigned(int subtask) implements Stage {}

    /**
     * The reader has emitted everything.
     *
     * @param subtask who said so
     * @param checkpoint the first checkpoint begun after the report; meaningful when {@code
     *     coverage} is PENDING
     */
    record Ended(int subtask, Coverage coverage, long checkpoint) implements Stage {

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

    Stage UNASSIGNED = new Unassigned();

    static Ended reported(int subtask) {
        return new Ended(subtask, Coverage.REPORTED, -1);
    }

    static Ended covered(int subtask) {
        return new Ended(subtask, Coverage.COVERED, -1);
    }
}
