/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import io.dynamoreplica.flink.service.Answer;

/**
 * The position up to which a split was fetched, and the call that follows. It is ahead of what was
 * emitted, and it is not kept in state.
 *
 * <p>The owner of a cursor waits until {@link #dueAt}, makes the {@link #call} and passes the answer
 * to {@link #answered}, one call at a time, until an outcome {@link Outcome#isFinal() is final}.
 * Times are milliseconds on a clock of the owner that never goes back. Not thread-safe.
 */
public sealed interface SplitCursor permits ScanCursor, ShardCursor {

    /** Returns the earliest time for the next call. */
    long dueAt();

    /**
     * Returns the next call.
     *
     * @throws IllegalStateException after a final outcome
     */
    SplitCall call(long now);

    /**
     * Moves the cursor by the answer to the last call, and returns what the answer means.
     *
     * @throws IllegalStateException if the answer is not one to a call that this cursor makes
     */
    Outcome answered(Answer<?> answer, long now);
}
