/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.change.AttributeType;
import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.ItemCursor;
import java.util.Set;

/**
 * Some top-level attributes of an item. A view: nothing is copied, and a walk stops once it has met
 * them all.
 *
 * @param names of the attributes that remain, if the item has them
 */
record ItemProjection(Item item, Set<String> names) implements Item {

    @Override
    public ItemCursor walk() {
        return new Cursor(item.walk(), names);
    }

    private static final class Cursor implements ItemCursor {
        private final ItemCursor attributes;
        private final Set<String> names;
        private int found;

        Cursor(ItemCursor attributes, Set<String> names) {
            this.attributes = attributes;
            this.names = names;
        }

        @Override
        public boolean next() {
            while (found < names.size() && attributes.next()) {
                if (names.contains(attributes.name())) {
                    found++;
                    return true;
                }
            }
            return false;
        }

        @Override
        public String name() {
            return attributes.name();
        }

        @Override
        public AttributeType type() {
            return attributes.type();
        }

        @Override
        public String text() {
            return attributes.text();
        }

        @Override
        public byte[] binary() {
            return attributes.binary();
        }

        @Override
        public boolean bool() {
            return attributes.bool();
        }

        @Override
        public ItemCursor enter() {
            return attributes.enter();
        }
    }
}
