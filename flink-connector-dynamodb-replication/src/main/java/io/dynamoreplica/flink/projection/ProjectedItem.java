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
 * The wanted parts of an item. An attribute that is wanted whole is a view on the item. An attribute
 * that is wanted in part is copied. A walk stops after the last wanted attribute.
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

        /** A cursor over the item, or over the copied part of one attribute. */
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
