/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.projection.DocumentPath;
import io.dynamoreplica.flink.projection.Projection;
import java.io.Serializable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The paths from which columns are read.
 *
 * @param declared paths by column; every other column is read from the attribute of its own name
 */
record ColumnPaths(Map<String, DocumentPath> declared) implements Serializable {

    static final ColumnPaths NONE = new ColumnPaths(Map.of());

    ColumnPaths {
        declared = Map.copyOf(declared);
    }

    DocumentPath of(String column) {
        DocumentPath path = declared.get(column);
        return path == null ? DocumentPath.ofAttribute(column) : path;
    }

    /** Returns the paths of these columns only. */
    ColumnPaths of(Collection<String> columns) {
        Map<String, DocumentPath> some = new LinkedHashMap<>(declared);
        some.keySet().retainAll(columns);
        return new ColumnPaths(some);
    }

    /** Returns where the same values are in an item that was cut to this projection. */
    ColumnPaths in(Projection projection) {
        Map<String, DocumentPath> places = new LinkedHashMap<>();
        declared.forEach((column, path) -> places.put(column, projection.placeOf(path)));
        return new ColumnPaths(places);
    }
}
