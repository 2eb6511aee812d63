/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import org.apache.flink.api.connector.source.ReaderOutput;

/**
 * The mark of a reader without splits, by which Flink leaves it out of the watermark. The next
 * watermark of a split takes the mark away. Used by the task's thread alone.
 *
 * <p>Flink does not set this mark itself: it combines the watermarks of the splits, and when the
 * last output of a split is closed the result stays as it was, which is active. {@code
 * withIdleness} does not change that.
 */
final class IdleOutput<T> {

    /** No split is called so: their ids begin with the name of a table. */
    private static final String OUTPUT = "/no-split";

    private boolean due;

    /** The enumerator says that there is nothing to read. */
    void due() {
        due = true;
    }

    /** The reader has been given something to read after all. */
    void notDue() {
        due = false;
    }

    /**
     * Sets the mark if it is due.
     *
     * @param openSplits how many outputs of splits are open: one that was withdrawn is closed late
     */
    void turn(ReaderOutput<T> output, int openSplits) {
        if (due && openSplits == 0) {
            due = false;
            mark(output);
        }
    }

    /**
     * Flink combines the splits' outputs into one status and the reader's own output into another,
     * and the reader is idle once both are. With an output that is idle and alone, the first is.
     */
    private static <T> void mark(ReaderOutput<T> output) {
        output.createOutputForSplit(OUTPUT).markIdle();
        output.releaseOutputForSplit(OUTPUT);
        output.markIdle();
    }
}
