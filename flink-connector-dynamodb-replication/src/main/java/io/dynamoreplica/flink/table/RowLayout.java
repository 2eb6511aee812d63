/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.table.types.logical.RowType;

/**
 * The row to produce: columns read from an image, then metadata.
 *
 * @param columns physical columns, as projected
 * @param metadata read from the change, behind the physical columns
 * @param key names of the key columns, which are filled for every deleted item; empty if the key is
 *     not declared
 * @param paths from where in an image the columns are read
 */
record RowLayout(RowType columns, List<MetadataColumn> metadata, List<String> key, ColumnPaths paths)
        implements Serializable {

    RowLayout {
        metadata = List.copyOf(metadata);
        key = List.copyOf(key);
    }

    /** Each column is read from the attribute of its name. */
    RowLayout(RowType columns, List<MetadataColumn> metadata, List<String> key) {
        this(columns, metadata, key, ColumnPaths.NONE);
    }

    int arity() {
        return columns.getFieldCount() + metadata.size();
    }

    /** What makes of an image an item with an attribute for each column. */
    ImageColumns imageColumns() {
        return ImageColumns.of(columns.getFieldNames(), paths);
    }

    /** To be given items that have an attribute for each column. */
    RowConverter imageConverter(AttributeConverters converters) {
        return RowConverter.of(converters, columns, columns.getFieldNames());
    }

    /**
     * To be given items that have an attribute for each column that the key fills. Key columns that
     * were projected away are not filled; without a declared key, any column can be one.
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
