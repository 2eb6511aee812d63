/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.change.AttributeType;
import io.dynamoreplica.flink.change.ItemCursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * The converter that fills the fields of a row from the attributes of the same names, in one walk. An
 * attribute without a field is skipped and not decoded. A field without an attribute stays null; if it is
 * NOT NULL, the conversion fails.
 */
final class RowConverter {

    private final Map<String, Field> fields = new HashMap<>();
    private final List<Field> required = new ArrayList<>();

    private final AttributeConverters converters;

    private RowConverter(AttributeConverters converters) {
        this.converters = converters;
    }

    private record Field(String name, int position, LogicalType type, AttributeConverter converter) {}

    /**
     * Makes a converter for some fields of a row.
     *
     * @param names the fields to fill; other fields are not changed
     */
    static RowConverter of(AttributeConverters converters, RowType type, Iterable<String> names) {
        RowConverter converter = new RowConverter(converters);
        names.forEach(name -> converter.addField(name, name, type));
        return converter;
    }

    /** Makes the converter of an M to a ROW. */
    static AttributeConverter nested(AttributeConverters converters, String where, RowType type) {
        RowConverter converter = new RowConverter(converters);
        type.getFieldNames().forEach(name -> converter.addField(where + "." + name, name, type));
        int arity = type.getFieldCount();
        return value -> {
            if (value.type() != AttributeType.M) {
                throw ConversionException.wrongType(value.type(), type);
            }
            GenericRowData row = new GenericRowData(arity);
            converter.fill(row, value.enter());
            return row;
        };
    }

    private void addField(String where, String name, RowType type) {
        int position = type.getFieldIndex(name);
        LogicalType fieldType = type.getTypeAt(position);
        Field field = new Field(name, position, fieldType, converters.of(where, fieldType));
        fields.put(name, field);
        if (!fieldType.isNullable()) {
            required.add(field);
        }
    }

    void fill(GenericRowData row, ItemCursor attributes) throws ConversionException {
        while (attributes.next()) {
            Field field = fields.get(attributes.name());
            if (field != null) {
                try {
                    row.setField(field.position(), field.converter().convert(attributes));
                } catch (ConversionException e) {
                    throw e.under(field.name());
                }
            }
        }
        for (Field field : required) {
            if (row.getField(field.position()) == null) {
                String type = field.type().asSummaryString();
                throw new ConversionException("is missing, but declared %s".formatted(type)).under(field.name());
            }
        }
    }
}
