/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.policy;

import org.apache.flink.annotation.PublicEvolving;

/**
 * The time at which shards may be read after the last segment has ended; the values of {@code
 * scan.snapshot.hand-over}.
 */
@PublicEvolving
public enum HandOver {
    /**
     * Shards are read after a checkpoint has completed that began after the end of the last segment. So
     * no scanned row can overtake a newer change.
     */
    CHECKPOINT("checkpoint"),
    /**
     * Shards are read immediately. This is for jobs without checkpoints, and for consumers that accept
     * that a scanned row can overtake a newer change.
     */
    IMMEDIATE("immediate");

    private final String value;

    HandOver(String value) {
        this.value = value;
    }

    @Override
    public String toString() {
        return value;
    }
}
