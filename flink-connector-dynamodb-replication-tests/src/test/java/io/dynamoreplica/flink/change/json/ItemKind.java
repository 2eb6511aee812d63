/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change.json;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.service.aws.SdkItems;
import java.util.Map;
import java.util.function.Function;

/** The ways in which an item can be decoded. Code that walks items is tested with each of them. */
public enum ItemKind {
    IN_MEMORY(item -> item),
    PARSED_WHILE_WALKED(JsonItem::of),
    DECODED_BY_THE_SDK(SdkItems::of);

    private final Function<MapItem, Item> maker;

    ItemKind(Function<MapItem, Item> maker) {
        this.maker = maker;
    }

    public Item of(Map<String, AttributeValue> attributes) {
        return maker.apply(MapItem.of(attributes));
    }
}
