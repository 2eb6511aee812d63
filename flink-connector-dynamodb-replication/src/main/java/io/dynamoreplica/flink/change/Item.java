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
 * <p>Immutable: an item can be walked as often as one likes and by any thread, but each walk may
 * decode again.
 */
@PublicEvolving
public interface Item {

    /**
     * A cursor before the first attribute. Attributes come in no particular order, each name once.
     */
    ItemCursor walk();

    /** All attributes as values, for random access; unmodifiable, in the order of the walk. */
    default Map<String, AttributeValue> materialise() {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        ItemCursor cursor = walk();
        while (cursor.next()) {
            attributes.put(cursor.name(), AttributeValue.read(cursor));
        }
        return Collections.unmodifiableMap(attributes);
    }
}
