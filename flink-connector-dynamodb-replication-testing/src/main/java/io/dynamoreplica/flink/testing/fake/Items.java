/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.MapItem;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A builder of items for tests: {@code item("id", "a").n("version", 1).build()}. */
public final class Items {

    private final Map<String, AttributeValue> attributes = new LinkedHashMap<>();

    private Items() {}

    public static Items item() {
        return new Items();
    }

    /** Begins an item with a string attribute, such as its partition key. */
    public static Items item(String name, String value) {
        return item().s(name, value);
    }

    public Items s(String name, String value) {
        return with(name, new AttributeValue.S(value));
    }

    public Items n(String name, long value) {
        return n(name, Long.toString(value));
    }

    public Items n(String name, String digits) {
        return with(name, new AttributeValue.N(digits));
    }

    public Items b(String name, byte... bytes) {
        return with(name, new AttributeValue.B(bytes));
    }

    public Items bool(String name, boolean value) {
        return with(name, new AttributeValue.Bool(value));
    }

    public Items nul(String name) {
        return with(name, new AttributeValue.Null());
    }

    public Items ss(String name, String... values) {
        return with(name, new AttributeValue.Ss(Arrays.asList(values)));
    }

    public Items ns(String name, String... digits) {
        return with(name, new AttributeValue.Ns(Arrays.asList(digits)));
    }

    public Items list(String name, AttributeValue... elements) {
        return with(name, new AttributeValue.L(List.of(elements)));
    }

    public Items map(String name, Items entries) {
        return with(name, new AttributeValue.M(entries.attributes));
    }

    public Items with(String name, AttributeValue value) {
        attributes.put(name, value);
        return this;
    }

    public MapItem build() {
        return MapItem.of(attributes);
    }
}
