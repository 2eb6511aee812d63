/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.change.AttributeType;
import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.ItemCursor;
import java.util.List;

/**
 * The key attributes of a scanned item, which DynamoDB does not hand out apart from the others. A
 * view: nothing is copied, and a walk stops at the last key attribute.
 *
 * @param names of the table's key attributes
 */
record KeyProjection(Item item, List<String> names) implements Item {

    @Override
    public ItemCursor walk() {
        return new KeyCursor(item.walk(), names);
    }

    private static final class KeyCursor implements ItemCursor {
        private final ItemCursor attributes;
        private final List<String> names;
        private int found;

        KeyCursor(ItemCursor attributes, List<String> names) {
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
