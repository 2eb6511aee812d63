/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import org.apache.flink.annotation.PublicEvolving;

/**
 * The meaning of a number in a column {@code TIMESTAMP_LTZ}: values of {@code
 * scan.conversion.timestamp-unit}. DynamoDB has no type for time. Its time to live is in seconds.
 */
@PublicEvolving
public enum TimestampUnit {
    /** A number is not a time. */
    NONE("none"),
    /** Seconds since 1970-01-01 00:00:00 UTC. */
    SECONDS("seconds"),
    /** Milliseconds since 1970-01-01 00:00:00 UTC. */
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
