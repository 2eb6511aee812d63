/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change;

import java.time.Instant;
import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * One item as a Scan page holds it, or one record of the table's stream.
 *
 * @param table the table's name as configured
 * @param operation READ for a scanned item, else the stream's own
 * @param images what the item looked like
 * @param origin where and when
 */
@PublicEvolving
@TypeInfo(ChangeEventTypeInfo.Factory.class)
public record ChangeEvent(String table, Operation operation, Images images, Origin origin) {

    public ChangeEvent {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(images, "images");
        Objects.requireNonNull(origin, "origin");
        if (operation == Operation.READ && images.after() == null) {
            throw new IllegalArgumentException("A scanned item has an image");
        }
    }

    /**
     * The item's images.
     *
     * @param keys the attributes of the table's primary key
     * @param before OldImage; null unless the stream's view type is NEW_AND_OLD_IMAGES and the item
     *     existed
     * @param after the scanned item or NewImage; null for REMOVE
     */
    public record Images(Item keys, Item before, Item after) {
        public Images {
            Objects.requireNonNull(keys, "keys");
        }

        private Images materialised() {
            return new Images(MapItem.copyOf(keys), copyOrNull(before), copyOrNull(after));
        }

        private static Item copyOrNull(Item image) {
            return image == null ? null : MapItem.copyOf(image);
        }
    }

    /**
     * Where and when an event came from.
     *
     * @param epoch the number of the table's full copy to which the event belongs
     * @param time when DynamoDB made the change, cut to the second; for a scanned item when the
     *     page was answered, on DynamoDB's clock. Never to be used for ordering
     * @param shardId null for a scanned item
     * @param sequenceNumber orders the changes of one item within one stream, as a number; null for
     *     a scanned item
     * @param deletedByTtl whether DynamoDB itself removed the item, its time to live having passed
     */
    public record Origin(long epoch, Instant time, String shardId, String sequenceNumber, boolean deletedByTtl) {
        public Origin {
            Objects.requireNonNull(time, "time");
        }

        public static Origin scanned(long epoch, Instant answered) {
            return new Origin(epoch, answered, null, null, false);
        }
    }

    public Item keys() {
        return images.keys();
    }

    /** Null unless the stream keeps old images and the item existed. */
    public Item before() {
        return images.before();
    }

    /** Null for REMOVE. */
    public Item after() {
        return images.after();
    }

    public long epoch() {
        return origin.epoch();
    }

    /**
     * When the item was removed, by a client or by time to live, in whole seconds on DynamoDB's
     * clock; null unless the operation is REMOVE.
     */
    public Instant deletionTime() {
        return operation == Operation.REMOVE ? origin.time() : null;
    }

    public boolean isFromSnapshot() {
        return operation == Operation.READ;
    }

    /**
     * The same event with every image decoded once and for all. Materialised events have an
     * equality, and nothing of theirs hangs on to the page that they were read from.
     */
    public ChangeEvent materialised() {
        return new ChangeEvent(table, operation, images.materialised(), origin);
    }
}
