/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.projection;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.ForwardingCursor;
import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.ItemCursor;
import io.dynamoreplica.flink.change.MapItem;
import java.util.Map;
import java.util.Optional;

/**
 * Some parts of an item. Attributes that are wanted whole are a view on the item, those wanted in
 * part are copied; a walk stops once it has met them all.
 */
record ProjectedItem(Item item, PathTree wanted) implements Item {

    @Override
    public ItemCursor walk() {
        return new Cursor(item.walk(), wanted);
    }

    private static final class Cursor implements ForwardingCursor {
        private final ItemCursor attributes;
        private final PathTree wanted;
        private int met;

        /** Over the item, or over the one attribute of which a part was taken. */
        private ItemCursor current;

        Cursor(ItemCursor attributes, PathTree wanted) {
            this.attributes = attributes;
            this.wanted = wanted;
            this.current = attributes;
        }

        @Override
        public boolean next() {
            while (met < wanted.size() && attributes.next()) {
                PathTree attribute = wanted.entry(attributes.name());
                if (attribute != null) {
                    met++;
                    if (take(attribute)) {
                        return true;
                    }
                }
            }
            return false;
        }

        private boolean take(PathTree attribute) {
            if (attribute.isWhole()) {
                current = attributes;
                return true;
            }
            String name = attributes.name();
            Optional<AttributeValue> part = attribute.partOf(attributes);
            part.ifPresent(value -> current = MapItem.of(Map.of(name, value)).walk());
            return part.isPresent() && current.next();
        }

        @Override
        public ItemCursor current() {
            return current;
        }
    }
}
