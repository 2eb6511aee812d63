/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.change.AttributeType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/** The converters of BOOL and B. */
final class ScalarConverters {

    private ScalarConverters() {}

    static AttributeConverter bool(LogicalType type) {
        return value -> {
            if (value.type() != AttributeType.BOOL) {
                throw ConversionException.wrongType(value.type(), type);
            }
            return value.bool();
        };
    }

    /** Makes a converter to bytes. For BINARY the length must be exact: padding would make different values equal. */
    static AttributeConverter bytes(LogicalType type) {
        int length = LogicalTypeChecks.getLength(type);
        boolean exact = type.is(LogicalTypeRoot.BINARY);
        return value -> {
            if (value.type() != AttributeType.B) {
                throw ConversionException.wrongType(value.type(), type);
            }
            byte[] bytes = value.binary();
            if (bytes.length > length || exact && bytes.length != length) {
                throw ConversionException.doesNotFit(
                        AttributeType.B, "a binary of %d bytes".formatted(bytes.length), type);
            }
            return bytes;
        };
    }
}
