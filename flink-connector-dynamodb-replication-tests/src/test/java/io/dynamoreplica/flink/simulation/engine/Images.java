/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.engine;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.service.StreamRecord;
import io.dynamoreplica.flink.simulation.engine.Element.Change;
import io.dynamoreplica.flink.simulation.engine.Element.Place;
import io.dynamoreplica.flink.simulation.engine.Element.Row;
import io.dynamoreplica.flink.split.ItemKey;
import io.dynamoreplica.flink.split.ItemKey.KeyAttribute;
import io.dynamoreplica.flink.split.ItemKey.KeyType;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardSplit;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The changes that a reader makes from items and records. */
final class Images {

    static Change scanned(ScanSplit split, Item item, List<String> keyNames) {
        MapItem image = MapItem.copyOf(item);
        return new Change(
                new Row(split.table(), key(image, keyNames)), Optional.of(image), split.epoch(), Optional.empty());
    }

    static Change streamed(ShardSplit split, StreamRecord record) {
        MapItem keys = MapItem.copyOf(record.images().keys());
        Place place = new Place(split.streamArn(), split.shardId(), number(record));
        return new Change(
                new Row(split.table(), key(keys, List.copyOf(keys.materialise().keySet()))),
                Optional.ofNullable(record.images().after()).map(MapItem::copyOf),
                split.epoch(),
                Optional.of(place));
    }

    static BigInteger number(StreamRecord record) {
        return new BigInteger(record.sequenceNumber());
    }

    private static ItemKey key(MapItem item, List<String> names) {
        Map<String, AttributeValue> attributes = item.materialise();
        return new ItemKey(names.stream()
                .map(name -> attribute(name, attributes.get(name)))
                .toList());
    }

    private static KeyAttribute attribute(String name, AttributeValue value) {
        if (value instanceof AttributeValue.S s) {
            return new KeyAttribute(name, KeyType.S, s.value());
        }
        return new KeyAttribute(name, KeyType.N, ((AttributeValue.N) value).digits());
    }

    private Images() {}
}
