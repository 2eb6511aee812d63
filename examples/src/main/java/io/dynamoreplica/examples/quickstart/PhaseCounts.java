/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.examples.quickstart;

import java.util.Map;

/**
 * The numbers of rows that each phase of the replication wrote.
 *
 * <p>Every row names the operation that wrote it last. A copied row says READ until the stream
 * writes it again. Therefore the copy wrote at least as many rows as ever said READ at the same time,
 * and only the stream can have written a row that says MODIFY.
 *
 * @param copied the most rows seen at once that the Scan had written
 * @param streamed the most rows seen at once that the stream had written, records included that
 *     were made before the copy
 * @param modified rows that a MODIFY of the stream wrote last
 */
record PhaseCounts(long copied, long streamed, long modified) {

    static final PhaseCounts NONE = new PhaseCounts(0, 0, 0);

    /**
     * @param rowsByOperation a look at the replica, later than all before
     */
    PhaseCounts seen(Map<String, Long> rowsByOperation) {
        long read = rowsByOperation.getOrDefault("READ", 0L);
        long all = rowsByOperation.values().stream().mapToLong(Long::longValue).sum();
        return new PhaseCounts(
                Math.max(copied, read), Math.max(streamed, all - read), rowsByOperation.getOrDefault("MODIFY", 0L));
    }

    /** The stream is read once the copy is complete. */
    boolean copyIsComplete() {
        return streamed > 0;
    }

    /**
     * Whether the copy and the stream have both done their part.
     *
     * @param deleted how many rows only a REMOVE of the stream can have taken away
     */
    boolean bothApplied(long deleted) {
        return copied > 0 && modified > 0 && deleted > 0;
    }
}
