/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.change.ItemCursor;

/** The converter of one SQL type: from the current value of a cursor to Flink's internal data. */
@FunctionalInterface
interface AttributeConverter {

    /**
     * Converts the current value.
     *
     * @return null only if the SQL type is nullable, for a NULL of DynamoDB, or for a value that does not
     *     fit and that {@code scan.conversion.on-error} allows to become null
     * @throws ConversionException if the value has another type, or if the conversion would lose a part of it
     */
    Object convert(ItemCursor value) throws ConversionException;
}
