/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import org.apache.flink.annotation.Internal;

/**
 * Where reading a split stands: ahead of what was emitted, and gone after a restart.
 *
 * <p>Whoever drives a cursor waits until {@link #dueAt}, makes the {@link #call} and tells it the
 * answer, one call at a time, until an outcome {@link Outcome#isFinal() is final}. Times are
 * milliseconds on a clock of the driver's that never goes back. Not thread-safe.
 */
@Internal
public sealed interface SplitCursor permits ScanCursor, ShardCursor {

    /** When the next call may be made. */
    long dueAt();

    /**
     * The next call.
     *
     * @throws IllegalStateException after a final outcome
     */
    Call call(long now);

    /**
     * What the answer to the last call means; the cursor moves on.
     *
     * @throws IllegalStateException if this is no answer to that call
     */
    Outcome answered(Reply reply, long now);
}
