/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

/** A table's place in its life; see the diagram in the description of the package. */
public enum Phase {
    /**
     * The last copy is given up: changes were lost, the next scheduled copy is due, or the start
     * request changed. The table waits until every reader has dropped its splits and, with hand-over
     * "checkpoint", until every answer is in a completed checkpoint.
     */
    WITHDRAWING(0, "withdrawing the last copy"),
    /** The table waits for its description. */
    DESCRIBING(1, "describing"),
    /** The table waits for the listing that becomes the anchor. */
    ANCHORING(2, "anchoring"),
    /** The anchor is known. The table waits until reads that are not consistent have settled. */
    SETTLING(3, "settling"),
    /** Readers read the segments. */
    SCANNING(4, "scanning"),
    /** Every segment has ended. The table waits for a description that shows the same table. */
    VERIFYING(5, "verifying"),
    /** The table waits for a checkpoint that contains the end of every segment. */
    FENCED(6, "waiting for a checkpoint"),
    /** Readers read the shards. */
    STREAMING(7, "streaming"),
    /** The copy is complete, and the table will be copied again when its schedule says so. */
    RESTING(8, "resting until the next copy"),
    /** The table is copied only once, and the copy is complete. */
    DONE(9, "done");

    private final int number;
    private final String words;

    Phase(int number, String words) {
        this.number = number;
        this.words = words;
    }

    /** Returns the value of the metric {@code phase}; docs/operations.md lists it, so it never changes. */
    public int number() {
        return number;
    }

    /** Returns the name of the phase in logs and in docs/operations.md. */
    public String words() {
        return words;
    }

    /** Returns whether a copy is under way or about to begin: the backlog that Flink is told of. */
    boolean isBacklog() {
        return switch (this) {
            case DESCRIBING, ANCHORING, SETTLING, SCANNING, VERIFYING -> true;
            case WITHDRAWING, FENCED, STREAMING, RESTING, DONE -> false;
        };
    }

    /** Returns whether the copy is complete and no stream is read after it. */
    public boolean isCopied() {
        return this == RESTING || this == DONE;
    }

    /**
     * Returns whether the table waits for a checkpoint to complete. With hand-over "immediate", a
     * table in WITHDRAWING waits only for the readers.
     */
    public boolean isFence() {
        return this == WITHDRAWING || this == FENCED;
    }

    /**
     * Returns whether the current copy has an anchor, so that the table, and its stream if it is read, were
     * found fit for the copy.
     */
    public boolean hasAnchor() {
        return switch (this) {
            case SETTLING, SCANNING, VERIFYING, FENCED, STREAMING, RESTING, DONE -> true;
            case WITHDRAWING, DESCRIBING, ANCHORING -> false;
        };
    }

    /**
     * Returns whether a segment may be given to a reader. After the last segment has ended this is still
     * true, because a failure can make a segment unfinished again.
     */
    boolean mayScan() {
        return hasAnchor() && this != SETTLING;
    }
}
