/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import org.apache.flink.api.connector.source.ReaderOutput;

/**
 * The idle mark of a reader without splits. With it, Flink computes the watermark without this
 * reader. The next watermark of a split removes the mark. Used only by the task's thread.
 *
 * <p>Flink does not set this mark itself. It combines the watermarks of the splits, and when the last
 * output of a split is closed, the combined status stays active. {@code withIdleness} does not change
 * that.
 */
final class IdleOutput<T> {

    /** No split has this id: ids of splits begin with the name of a table. */
    private static final String OUTPUT = "/no-split";

    private boolean due;

    /** Requests the mark: the enumerator says that there is nothing to read. */
    void due() {
        due = true;
    }

    /** Withdraws the request: the reader was given a split. */
    void notDue() {
        due = false;
    }

    /**
     * Sets the mark if it was requested and no output of a split is open.
     *
     * @param openSplits the number of open outputs; that of a withdrawn split is closed late
     */
    void markIfDue(ReaderOutput<T> output, int openSplits) {
        if (due && openSplits == 0) {
            due = false;
            mark(output);
        }
    }

    /**
     * Marks the reader as idle. Flink has one status for all outputs of splits and one for the
     * reader's main output, and the reader is idle if both are idle. If the only output of a split is
     * idle, the first status is idle.
     */
    private static <T> void mark(ReaderOutput<T> output) {
        output.createOutputForSplit(OUTPUT).markIdle();
        output.releaseOutputForSplit(OUTPUT);
        output.markIdle();
    }
}
