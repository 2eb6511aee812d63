/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import org.apache.flink.annotation.PublicEvolving;

/**
 * The reaction to a value that its SQL column cannot hold: values of {@code
 * scan.conversion.on-error}.
 */
@PublicEvolving
public enum ConversionErrorPolicy {
    /** The job fails. The error names the key of the item and the attribute. */
    FAIL("fail"),
    /** The value becomes null, at the innermost place that can be null. The case is counted. */
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
