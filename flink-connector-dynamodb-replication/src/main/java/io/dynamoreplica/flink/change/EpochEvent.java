/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change;

import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;

/**
 * The begin or the end of a full copy of a table. Startup modes without a copy have no such events. The
 * events of a copy carry its number too; see {@link ChangeEvent#epoch}.
 *
 * <p>{@link Kind#BEGIN}: rows of the copy follow. Each subtask of the source that reads a part of the copy
 * emits it before its first row of the copy, even if that part is empty. Subtasks emit it independently of
 * each other. After a restore a subtask may emit it again, in the middle of the copy.
 *
 * <p>{@link Kind#END}: all subtasks have emitted all rows of the copy. With {@code
 * scan.snapshot.hand-over} = {@code checkpoint}, a completed checkpoint contains all these rows, so they
 * are past every exchange and in the target, and END is never emitted before that. Rows of a lower epoch
 * can be dropped then: either the table no longer had their items, or the stream brings them. Every subtask
 * of the source emits END, even one that read nothing of the copy. Each attempt of a subtask emits it at
 * least once, so it comes again after each failure and restore. What it says stays true. Acting on it twice
 * does no harm.
 *
 * <p>If the job does not wait for a checkpoint, END still follows all rows of the same subtask, but rows of
 * other subtasks may still arrive. This is the case with {@code immediate}, and in a job in which all tables
 * are copied in mode {@code snapshot}. Such a job does not need checkpoints, so its END comes last, before
 * the end of the input. In this case, act at the end of the input. A copy that is abandoned, because changes
 * were lost during it, has a BEGIN and no END. The copy that replaces it has both.
 *
 * @param table the table's name as configured
 * @param epoch the number of the copy; the next copy has a higher number
 * @param kind whether the copy begins or is complete
 */
@PublicEvolving
public record EpochEvent(String table, long epoch, Kind kind) {

    public EpochEvent {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(kind, "kind");
    }

    /** The two events of a copy. */
    public enum Kind {
        /** Rows of the copy follow. */
        BEGIN,
        /** All rows of the copy have been emitted. */
        END
    }
}
