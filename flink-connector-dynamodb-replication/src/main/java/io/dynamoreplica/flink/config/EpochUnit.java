/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

/**
 * What a number stands for in a column {@code TIMESTAMP_LTZ}; values of {@code
 * scan.conversion.epoch-unit}. DynamoDB itself has no type for time, and its time to live is in
 * seconds.
 */
public enum EpochUnit {
    /** A number is no time. */
    NONE("none"),
    /** Seconds since 1970-01-01 00:00:00 UTC. */
    SECONDS("seconds"),
    /** Milliseconds since then. */
    MILLISECONDS("milliseconds");

    private final String value;

    EpochUnit(String value) {
        this.value = value;
    }

    @Override
    public String toString() {
        return value;
    }
}
