/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import org.apache.flink.annotation.PublicEvolving;

/**
 * What a number stands for in a column {@code TIMESTAMP_LTZ}; values of {@code
 * scan.conversion.timestamp-unit}. DynamoDB itself has no type for time, and its time to live is in
 * seconds.
 */
@PublicEvolving
public enum TimestampUnit {
    /** A number is no time. */
    NONE("none"),
    /** Seconds since 1970-01-01 00:00:00 UTC. */
    SECONDS("seconds"),
    /** Milliseconds since then. */
    MILLISECONDS("milliseconds");

    private final String value;

    TimestampUnit(String value) {
        this.value = value;
    }

    @Override
    public String toString() {
        return value;
    }
}
