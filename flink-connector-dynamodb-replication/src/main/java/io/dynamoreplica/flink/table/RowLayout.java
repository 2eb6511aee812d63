/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.table.types.logical.RowType;

/**
 * The layout of a produced row: physical columns, which are read from an image, then metadata columns.
 *
 * @param columns the physical columns after projection
 * @param metadata the metadata columns, which follow the physical columns
 * @param key the names of the key columns, which are filled for every deleted item; empty if no key is
 *     declared
 * @param paths the paths in an image from which columns are read
 */
record RowLayout(RowType columns, List<MetadataColumn> metadata, List<String> key, ColumnPaths paths)
        implements Serializable {

    RowLayout {
        metadata = List.copyOf(metadata);
        key = List.copyOf(key);
    }

    /** Makes a layout in which each column is read from the attribute of its name. */
    RowLayout(RowType columns, List<MetadataColumn> metadata, List<String> key) {
        this(columns, metadata, key, ColumnPaths.NONE);
    }

    int arity() {
        return columns.getFieldCount() + metadata.size();
    }

    /** Returns the conversion of an image into an item with one attribute for each column. */
    ImageColumns imageColumns() {
        return ImageColumns.of(columns.getFieldNames(), paths);
    }

    /** Returns the converter of all physical columns, for the items of {@link #imageColumns}. */
    RowConverter imageConverter(AttributeConverters converters) {
        return RowConverter.of(converters, columns, columns.getFieldNames());
    }

    /**
     * Returns the converter of the key columns, for the items of {@link #imageColumns}. It does not fill key
     * columns that were projected away. If no key is declared, every column can be a key column.
     */
    RowConverter keyConverter(AttributeConverters converters) {
        return RowConverter.of(
                converters,
                columns,
                columns.getFieldNames().stream()
                        .filter(name -> key.isEmpty() || key.contains(name))
                        .toList());
    }
}
