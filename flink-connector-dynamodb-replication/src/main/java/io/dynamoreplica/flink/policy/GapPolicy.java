/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.policy;

import org.apache.flink.annotation.PublicEvolving;

/**
 * What is done about changes that the stream lost before they were read; values of {@code
 * scan.stream.on-gap}.
 */
@PublicEvolving
public enum GapPolicy {
    /**
     * The table is copied again. A job that never copied it fails: a copy is not what it asked for.
     */
    RESNAPSHOT("resnapshot"),
    /** The job fails, and says what was lost. */
    FAIL("fail"),
    /** Replication goes on from the oldest record kept; the loss is logged and counted. */
    IGNORE("ignore");

    private final String value;

    GapPolicy(String value) {
        this.value = value;
    }

    @Override
    public String toString() {
        return value;
    }
}
