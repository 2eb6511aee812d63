/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.policy;

import org.apache.flink.annotation.PublicEvolving;

/**
 * When shards may be assigned after the last segment has ended; values of {@code
 * scan.snapshot.hand-over}.
 */
@PublicEvolving
public enum HandOver {
    /**
     * Once a checkpoint has completed that began after the last segment's end: no scanned row can
     * overtake a newer change.
     */
    CHECKPOINT("checkpoint"),
    /** At once: for jobs without checkpoints, or consumers that do not mind. */
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
