/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import org.apache.flink.annotation.Internal;

/** Where a table stands; see the diagram in the package's description. */
@Internal
public enum Phase {
    /**
     * Changes were lost, so the copy is void: waiting until every reader has dropped its splits,
     * and for a checkpoint that begins after that.
     */
    WITHDRAWING("withdrawing a copy that is void"),
    /** Waiting for the description of the table. */
    DESCRIBING("describing"),
    /** Waiting for the listing that becomes the anchor. */
    ANCHORING("anchoring"),
    /** Anchored, and waiting until reads that are not consistent have settled. */
    SETTLING("settling"),
    /** Segments are read. */
    SCANNING("scanning"),
    /** Every segment has ended; waiting for the word that the table is still the same. */
    VERIFYING("verifying"),
    /** Waiting for a checkpoint that contains the end of every segment. */
    FENCED("waiting for a checkpoint"),
    /** The copy is safe, and shards are read. */
    STREAMING("streaming"),
    /** The copy is safe, and the table will be copied again when its schedule says so. */
    RESTING("resting until the next copy"),
    /** A table that is copied once has been copied. */
    DONE("done");

    private final String words;

    Phase(String words) {
        this.words = words;
    }

    /** What logs call it, and docs/operations.md does. */
    public String words() {
        return words;
    }

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
