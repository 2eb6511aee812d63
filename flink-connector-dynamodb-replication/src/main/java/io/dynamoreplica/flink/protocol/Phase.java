/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

/** Where a table stands; see the diagram in the package's description. */
public enum Phase {
    /**
     * Changes were lost, so the copy is void: waiting until every reader has dropped its splits,
     * and for a checkpoint that begins after that.
     */
    WITHDRAWING,
    /** Waiting for the description of the table. */
    DESCRIBING,
    /** Waiting for the listing that becomes the anchor. */
    ANCHORING,
    /** Anchored, and waiting until reads that are not consistent have settled. */
    SETTLING,
    /** Segments are read. */
    SCANNING,
    /** Every segment has ended; waiting for the word that the table is still the same. */
    VERIFYING,
    /** Waiting for a checkpoint that contains the end of every segment. */
    FENCED,
    /** The copy is safe, and shards are read. */
    STREAMING,
    /** The copy is safe, and the table will be copied again when its schedule says so. */
    RESTING,
    /** A table that is copied once has been copied. */
    DONE;

    /** Whether the copy is under way: the backlog that Flink is told about. */
    boolean isBacklog() {
        return this != WITHDRAWING && compareTo(VERIFYING) <= 0;
    }

    /** Whether the table has been copied, and that is all for now. */
    public boolean isCopied() {
        return this == RESTING || this == DONE;
    }

    /** Whether nothing goes on before a checkpoint completes. */
    public boolean isFence() {
        return this == WITHDRAWING || this == FENCED;
    }

    /** Whether the table, and its stream if that is read, were found fit to begin with. */
    public boolean hasAnchor() {
        return compareTo(SETTLING) >= 0;
    }
}
