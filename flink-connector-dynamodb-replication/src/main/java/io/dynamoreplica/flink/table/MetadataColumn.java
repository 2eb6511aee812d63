/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.json.JsonForm;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;

/** The facts about a change that a column {@code METADATA FROM '...'} can read. */
enum MetadataColumn {
    OPERATION(
            "operation",
            DataTypes.STRING().notNull(),
            event -> StringData.fromString(event.operation().name())),
    EVENT_TIME(
            "event-time",
            DataTypes.TIMESTAMP_LTZ(3).notNull(),
            event -> TimestampData.fromEpochMillis(event.origin().time().toEpochMilli())),
    SEQUENCE_NUMBER(
            "sequence-number",
            DataTypes.STRING().nullable(),
            event -> StringData.fromString(event.origin().sequenceNumber())),
    EPOCH("epoch", DataTypes.BIGINT().notNull(), ChangeEvent::epoch),
    TABLE_NAME("table-name", DataTypes.STRING().notNull(), event -> StringData.fromString(event.table())),
    SHARD_ID(
            "shard-id",
            DataTypes.STRING().nullable(),
            event -> StringData.fromString(event.origin().shardId())),
    SNAPSHOT("snapshot", DataTypes.BOOLEAN().notNull(), ChangeEvent::isFromSnapshot),
    TTL_DELETED("ttl-deleted", DataTypes.BOOLEAN().notNull(), event -> event.origin()
            .deletedByTtl()),
    ITEM("item", DataTypes.STRING().nullable(), event -> json(event.after())),
    OLD_ITEM("old-item", DataTypes.STRING().nullable(), event -> json(event.before()));

    private final String key;
    private final DataType type;
    private final Function<ChangeEvent, Object> reader;

    MetadataColumn(String key, DataType type, Function<ChangeEvent, Object> reader) {
        this.key = key;
        this.type = type;
        this.reader = reader;
    }

    private static StringData json(Item image) {
        return image == null ? null : StringData.fromString(JsonForm.PLAIN.textOf(image));
    }

    /** Returns whether the column shows attributes that have no column of their own. */
    boolean showsWholeItems() {
        return this == ITEM || this == OLD_ITEM;
    }

    /**
     * Returns Flink's internal data, or null if the change has no such fact: a scanned item has no sequence
     * number, and a deleted item has no image.
     */
    Object read(ChangeEvent event) {
        return reader.apply(event);
    }

    static Map<String, DataType> types() {
        Map<String, DataType> types = new LinkedHashMap<>();
        for (MetadataColumn column : values()) {
            types.put(column.key, column.type);
        }
        return types;
    }

    /** Finds the column by its key. The planner uses only keys that {@link #types} lists. */
    static MetadataColumn of(String key) {
        for (MetadataColumn column : values()) {
            if (column.key.equals(key)) {
                return column;
            }
        }
        throw new IllegalArgumentException("There is no metadata '%s', only %s".formatted(key, types().keySet()));
    }
}
