/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.ForwardingCursor;
import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.ItemCursor;
import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.projection.DocumentPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The conversion of an image into an item with one attribute for each column, so that converters do not
 * need to know paths.
 */
final class ImageColumns {

    /** The columns by the attribute that contains their value. Empty if no column has a path. */
    private final Map<String, List<Column>> columns = new HashMap<>();

    private ImageColumns() {}

    private record Column(String name, DocumentPath path) {}

    static ImageColumns of(List<String> names, ColumnPaths paths) {
        ImageColumns image = new ImageColumns();
        if (!paths.declared().isEmpty()) {
            names.forEach(name -> image.add(new Column(name, paths.of(name))));
        }
        return image;
    }

    private void add(Column column) {
        columns.computeIfAbsent(column.path().attribute(), unseen -> new ArrayList<>())
                .add(column);
    }

    /** Returns the image itself if each column is read from the attribute of its own name. */
    Item of(Item image) {
        return columns.isEmpty() ? image : () -> new Walk(image.walk(), columns);
    }

    /**
     * The walk over the columns. If a column is an attribute, the walk returns the attribute unchanged. If
     * columns are read from inside an attribute, it reads that attribute as a whole.
     */
    private static final class Walk implements ForwardingCursor {
        private final ItemCursor attributes;
        private final Map<String, List<Column>> columns;

        /** The cursor over the image, or over the columns that were read from one of its attributes. */
        private ItemCursor current;

        Walk(ItemCursor attributes, Map<String, List<Column>> columns) {
            this.attributes = attributes;
            this.columns = columns;
            this.current = attributes;
        }

        @Override
        public boolean next() {
            if (current != attributes && current.next()) {
                return true;
            }
            while (attributes.next()) {
                List<Column> wanted = columns.getOrDefault(attributes.name(), List.of());
                if (isItself(wanted)) {
                    current = attributes;
                    return true;
                } else if (!wanted.isEmpty()) {
                    current = values(wanted).walk();
                    if (current.next()) {
                        return true;
                    }
                }
            }
            return false;
        }

        private boolean isItself(List<Column> wanted) {
            return wanted.size() == 1
                    && wanted.get(0)
                            .path()
                            .equals(DocumentPath.ofAttribute(wanted.get(0).name()));
        }

        private Item values(List<Column> wanted) {
            AttributeValue attribute = AttributeValue.read(attributes);
            Map<String, AttributeValue> values = new LinkedHashMap<>();
            for (Column column : wanted) {
                column.path().in(attribute).ifPresent(value -> values.put(column.name(), value));
            }
            return MapItem.of(values);
        }

        @Override
        public ItemCursor current() {
            return current;
        }
    }
}
