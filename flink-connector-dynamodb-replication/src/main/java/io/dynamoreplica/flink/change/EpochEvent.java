/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change;

import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;

/**
 * A full copy of a table begins or is complete. Start modes that copy nothing have none of these;
 * everything else of a copy has its number, see {@link ChangeEvent#epoch}.
 *
 * <p>{@link Kind#BEGIN}: rows of the copy follow. Each subtask of the source that reads a part of a
 * copy says so before its first row of it, also if that part turns out to be empty; subtasks know
 * nothing of each other's. After a restore it may be said again, in the middle of the copy.
 *
 * <p>{@link Kind#END}: every row of the copy has been emitted, by whichever subtask. With {@code
 * scan.snapshot.hand-over} = {@code checkpoint} a completed checkpoint contains them all, so they
 * are past every exchange and in the target: rows of a lower epoch are those of items that the
 * table did not have any more, or that the stream is going to bring, and can be dropped now. Said
 * by every subtask of the source, also by one that read nothing of the copy; at least once by each
 * of its attempts, so again after each failure and restore. It stays true, so acting on it twice
 * does no harm. It is never said before it is true.
 *
 * <p>Where no checkpoint is waited for, END is still behind all rows of the same subtask, but rows
 * of others may be on their way. That is so with {@code immediate}, and in a job whose tables are
 * all copied in mode {@code snapshot}: it need not have checkpoints at all, so its END comes last,
 * before the end of the input, which is the moment to act. A copy that is given up, because changes
 * were lost meanwhile, has a BEGIN and no END; the one that takes its place has both.
 *
 * @param table the table's name as configured
 * @param epoch the number of the copy; the next copy has a higher one
 * @param kind which of the two
 */
@PublicEvolving
public record EpochEvent(String table, long epoch, Kind kind) {

    public EpochEvent {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(kind, "kind");
    }

    /** What is said of the copy. */
    public enum Kind {
        /** Rows of the copy follow. */
        BEGIN,
        /** All rows of the copy have come. */
        END
    }
}
