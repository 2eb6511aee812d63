/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.change.ItemCursor;

/** Turns the value at which a cursor stands into Flink's internal data of one SQL type. */
@FunctionalInterface
interface AttributeConverter {

    /**
     * @return null only for a NULL of DynamoDB, and only if the SQL type is nullable
     * @throws ConversionException if the value is of another type, or would lose something
     */
    Object convert(ItemCursor value) throws ConversionException;
}
