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
 * One item of a Scan page, or one record of the table's stream.
 *
 * @param table the table's name as configured
 * @param operation READ for a scanned item, else the event name of the stream record
 * @param images the item before and after the change
 * @param origin where and when the event came from
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
            throw new IllegalArgumentException("A READ event must have the image 'after'");
        }
    }

    /**
     * The images of an item.
     *
     * @param keys the attributes of the table's primary key
     * @param before the OldImage; null if the stream's view type is not NEW_AND_OLD_IMAGES, or if the item did
     *     not exist before
     * @param after the scanned item or the NewImage; null for REMOVE
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
     * The place and time of an event.
     *
     * @param epoch the number of the table's full copy to which the event belongs
     * @param time the time of the change in whole seconds; for a scanned item, the time of the Scan answer,
     *     on DynamoDB's clock. Do not use it to order events
     * @param shardId the shard of the record; null for a scanned item
     * @param sequenceNumber a number that orders the changes of one item within one stream. Compare it as a
     *     number, not as text. Null for a scanned item
     * @param deletedByTtl whether DynamoDB itself deleted the item because its time to live had passed
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

    /**
     * Returns the item before the change, or null if the stream keeps no old images or the item did not exist
     * before.
     */
    public Item before() {
        return images.before();
    }

    /** Returns the scanned item, or the item after the change; null for REMOVE. */
    public Item after() {
        return images.after();
    }

    public long epoch() {
        return origin.epoch();
    }

    /**
     * Returns when the item was removed, by a client or by time to live, in whole seconds on DynamoDB's clock.
     * Null if the operation is not REMOVE.
     */
    public Instant deletionTime() {
        return operation == Operation.REMOVE ? origin.time() : null;
    }

    public boolean isFromSnapshot() {
        return operation == Operation.READ;
    }

    /**
     * Returns the same event with every image decoded. A materialised event can be compared with {@code
     * equals}, and it does not keep the page in memory from which it was read.
     */
    public ChangeEvent materialised() {
        return new ChangeEvent(table, operation, images.materialised(), origin);
    }
}
