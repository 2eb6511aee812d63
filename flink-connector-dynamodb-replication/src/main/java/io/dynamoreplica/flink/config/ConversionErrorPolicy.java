/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import org.apache.flink.annotation.PublicEvolving;

/**
 * What is done about a value that its column in SQL cannot hold; values of {@code
 * scan.conversion.on-error}.
 */
@PublicEvolving
public enum ConversionErrorPolicy {
    /** The job fails, and names the item and the attribute. */
    FAIL("fail"),
    /** The value becomes null in the innermost place that allows it, and is counted. */
    NULL("null");

    private final String value;

    ConversionErrorPolicy(String value) {
        this.value = value;
    }

    @Override
    public String toString() {
        return value;
    }
}
