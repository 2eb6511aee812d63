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
     * The table is copied again. If the job never copied the table, it fails, because its startup mode
     * does not ask for a copy.
     */
    RESNAPSHOT("resnapshot"),
    /** The job fails with a message about the lost changes. */
    FAIL("fail"),
    /** Replication continues from the oldest record kept. The gap is logged and counted. */
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
