/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;

/**
 * An item with all its attributes in memory.
 *
 * <p>Two items of this class are equal if they have equal attributes, in any order. {@link AttributeValue}
 * describes when values are equal. No other kind of item implements {@code equals}, so call {@link
 * ChangeEvent#materialised()} before events go into a test, a cache or a {@code distinct}.
 */
@PublicEvolving
public final class MapItem implements Item {

    private final Map<String, AttributeValue> attributes;

    private MapItem(Map<String, AttributeValue> attributes) {
        this.attributes = attributes;
    }

    /** Makes an item of a copy of the attributes. A walk has the order of the map. */
    public static MapItem of(Map<String, AttributeValue> attributes) {
        Map<String, AttributeValue> copy = new LinkedHashMap<>(attributes);
        copy.forEach((name, value) -> {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, () -> "value of " + name);
        });
        return new MapItem(Collections.unmodifiableMap(copy));
    }

    /** Returns the same item with all attributes decoded. */
    public static MapItem copyOf(Item item) {
        return item instanceof MapItem already ? already : new MapItem(item.materialise());
    }

    @Override
    public ItemCursor walk() {
        return ValueCursor.over(attributes);
    }

    @Override
    public Map<String, AttributeValue> materialise() {
        return attributes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MapItem item && attributes.equals(item.attributes);
    }

    @Override
    public int hashCode() {
        return attributes.hashCode();
    }

    @Override
    public String toString() {
        return attributes.toString();
    }
}
