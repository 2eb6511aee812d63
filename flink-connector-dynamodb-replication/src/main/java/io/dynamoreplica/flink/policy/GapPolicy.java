/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.policy;

import org.apache.flink.annotation.PublicEvolving;

/**
 * The policy for changes that the stream lost before they were read; the values of {@code
 * scan.stream.on-gap}.
 */
@PublicEvolving
public enum GapPolicy {
    /**
     * The table is copied again. With startup modes without a copy, and with "snapshot", the job fails
     * instead.
     */
    RESNAPSHOT("resnapshot"),
    /** The job fails with a message about the lost changes. */
    FAIL("fail"),
    /**
     * Replication continues from the oldest record kept. The gap is logged and counted. If the stream
     * is replaced or switched off before the copy is complete, and in mode "full-table", the table is
     * copied again. In mode "snapshot" the job fails.
     */
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
