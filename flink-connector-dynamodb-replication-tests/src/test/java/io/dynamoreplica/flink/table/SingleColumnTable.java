/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.json.ItemKind;
import io.dynamoreplica.flink.config.TimestampUnit;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/** A table whose only column is {@code a}. */
record SingleColumnTable(ItemKind kind, DataType type, AttributeConverters converters) {

    /** A table in which a value that does not fit is an error, and a number does not convert to a time. */
    SingleColumnTable(ItemKind kind, DataType type) {
        this(kind, type, new AttributeConverters(TimestampUnit.NONE, ConversionFailureHandler.RETHROW));
    }

    Object convert(AttributeValue value) throws ConversionException {
        return convert(Map.of("a", value));
    }

    Object convert(Map<String, AttributeValue> item) throws ConversionException {
        RowType row = (RowType) DataTypes.ROW(DataTypes.FIELD("a", type)).getLogicalType();
        GenericRowData filled = new GenericRowData(1);
        RowConverter.of(converters, row, List.of("a"))
                .fill(filled, kind.of(item).walk());
        return filled.getField(0);
    }
}
