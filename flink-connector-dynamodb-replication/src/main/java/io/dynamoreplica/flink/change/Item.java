/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;

/**
 * A read-only view of an item, or of a part of one such as its keys.
 *
 * <p>An item is immutable. Any thread can walk it, any number of times. Each walk may decode the item
 * again.
 */
@PublicEvolving
public interface Item {

    /**
     * Returns a cursor before the first attribute. Attributes come in no particular order. Each name occurs
     * once.
     */
    ItemCursor walk();

    /** Returns all attributes as values, for access by name. The map is unmodifiable, in the order of the walk. */
    default Map<String, AttributeValue> materialise() {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        ItemCursor cursor = walk();
        while (cursor.next()) {
            attributes.put(cursor.name(), AttributeValue.read(cursor));
        }
        return Collections.unmodifiableMap(attributes);
    }
}
