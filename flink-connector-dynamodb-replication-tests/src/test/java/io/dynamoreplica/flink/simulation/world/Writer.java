/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.world;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.simulation.world.Truth.Change;
import io.dynamoreplica.flink.split.ItemKey;
import io.dynamoreplica.flink.split.ItemKey.KeyAttribute;
import io.dynamoreplica.flink.split.ItemKey.KeyType;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import io.dynamoreplica.flink.testing.fake.Behaviour;
import io.dynamoreplica.flink.testing.fake.FakeStream;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.Items;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A writer that uses all ways of writing to a table. Each image has its own version, so that no two images of an
 * item are the same.
 */
final class Writer {

    private static final int LONGEST_BURST = 8;

    private final Conditions conditions;
    private final Behaviour behaviour;
    private final Truth truth;
    private long versions;

    /** Ways to write. Each is listed as often as its frequency requires. */
    private enum Way {
        PUT,
        UPDATE,
        DELETE,
        EXPIRE,
        /** A condition that fails, a put of an unchanged item, or a delete of a missing item: leaves no record. */
        NO_CHANGE
    }

    private static final List<Way> WAYS = List.of(
            Way.PUT, Way.PUT, Way.PUT, Way.PUT, Way.PUT, Way.UPDATE, Way.UPDATE, Way.DELETE, Way.EXPIRE, Way.NO_CHANGE);

    Writer(Conditions conditions, Behaviour behaviour, Truth truth) {
        this.conditions = conditions;
        this.behaviour = behaviour;
        this.truth = truth;
    }

    /** Makes a few writes at one instant, often to the same item. */
    String burst(WorldTable table, long now) {
        int writes = 1 + conditions.below(LONGEST_BURST);
        boolean toOneItem = conditions.happens(40);
        StringBuilder said = new StringBuilder(table.name()).append(" is written to:");
        String id = anyId();
        for (int i = 0; i < writes; i++) {
            said.append(i == 0 ? " " : ", ").append(write(table, id, now));
            id = toOneItem ? id : anyId();
        }
        return said.toString();
    }

    private String anyId() {
        return "k" + conditions.below(conditions.plan().tables().keys());
    }

    private String write(WorldTable table, String id, long now) {
        MapItem key = Items.item(World.KEY, id).build();
        Optional<MapItem> before = table.fake().get(key);
        long skew = conditions.plan().tables().skewMillis();
        behaviour.creationTimesAhead(Duration.ofMillis(conditions.upTo(2 * skew) - skew));
        Way way = conditions.any(WAYS);
        write(table.fake(), way, key, before);
        Optional<MapItem> after = table.fake().get(key);
        if (!after.equals(before)) {
            truth.changed(table.name(), keyOf(id), change(table, key, after, now));
        }
        return id + ' ' + way + after.map(image -> " #" + version(image)).orElse("");
    }

    private void write(FakeTable table, Way way, MapItem key, Optional<MapItem> before) {
        switch (way) {
            case PUT -> table.put(versioned(key, "put"));
            case UPDATE -> table.update(versioned(key, "updated"));
            case DELETE -> table.delete(key);
            case EXPIRE -> table.expire(key);
            case NO_CHANGE -> before.ifPresentOrElse(table::put, () -> table.delete(key));
        }
    }

    private Change change(WorldTable table, MapItem key, Optional<MapItem> after, long now) {
        if (table.stream().isEmpty()) {
            return Change.unrecorded(after, now);
        }
        FakeStream stream = table.fake().stream();
        String number = stream.newestRecord().orElseThrow().sequenceNumber();
        ShardKey shard = stream.key(table.fake().shardOf(key));
        table.stream().get().recorded(number, shard.shardId(), now);
        return new Change(Optional.of(shard), number, after, now);
    }

    /**
     * Returns the new image. A put replaces the whole image; an update keeps the attributes that it does not name.
     */
    private MapItem versioned(MapItem key, String marker) {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>(key.materialise());
        attributes.put(World.VERSION, new AttributeValue.N(Long.toString(++versions)));
        attributes.put(marker, new AttributeValue.Bool(true));
        return MapItem.of(attributes);
    }

    private static String version(MapItem image) {
        return ((AttributeValue.N) image.materialise().get(World.VERSION)).digits();
    }

    private static ItemKey keyOf(String id) {
        return new ItemKey(List.of(new KeyAttribute(World.KEY, KeyType.S, id)));
    }
}
