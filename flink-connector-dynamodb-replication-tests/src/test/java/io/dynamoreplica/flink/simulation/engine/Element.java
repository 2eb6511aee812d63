/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.engine;

import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.split.ItemKey;
import java.math.BigInteger;
import java.util.Optional;

/** An element on its way from a source subtask to a sink subtask. */
public sealed interface Element {

    /** A row of the replica. It stands for an item. */
    record Row(String table, ItemKey key) {}

    /**
     * The place of a change in the stream.
     *
     * @param number the sequence number
     */
    record Place(String streamArn, String shardId, BigInteger number) {}

    /**
     * An item as a page or a record shows it.
     *
     * @param image empty for an item that was removed
     * @param place empty for an item that was scanned
     */
    record Change(Row row, Optional<MapItem> image, long epoch, Optional<Place> place) implements Element {
        public boolean isScanned() {
            return place.isEmpty();
        }

        @Override
        public String toString() {
            return row.key().attributes().get(0).value()
                    + image.map(item -> "=" + item.materialise().get("version")).orElse(" removed")
                    + place.map(at -> " #" + at.number().mod(BigInteger.valueOf(1_000_000)))
                            .orElse(" scanned");
        }
    }

    /** The barrier that separates the elements in a checkpoint from the elements after it. */
    record Barrier(long checkpointId) implements Element {}
}
