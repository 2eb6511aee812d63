/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

import io.dynamoreplica.flink.service.TableDescription.KeyColumn;
import io.dynamoreplica.flink.split.ItemKey.KeyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The properties of a table to create, as for CreateTable.
 *
 * @param keys partition key first
 * @param stream empty for a table without a stream
 * @param shards the number of shards with which a stream of this table begins
 */
public record TableSpec(String name, List<KeyColumn> keys, Optional<StreamViewType> stream, int shards) {

    public TableSpec {
        keys = List.copyOf(keys);
        if (name.isEmpty() || shards < 1) {
            throw new IllegalArgumentException("A table needs a name and at least one shard");
        }
    }

    /**
     * Specifies a table with the partition key {@code id} of type S and a stream of
     * NEW_AND_OLD_IMAGES with one shard.
     */
    public static TableSpec named(String name) {
        return new TableSpec(
                name, List.of(new KeyColumn("id", KeyType.S)), Optional.of(StreamViewType.NEW_AND_OLD_IMAGES), 1);
    }

    public TableSpec withPartitionKey(String column, KeyType type) {
        return new TableSpec(name, List.of(new KeyColumn(column, type)), stream, shards);
    }

    public TableSpec withSortKey(String column, KeyType type) {
        List<KeyColumn> both = new ArrayList<>(keys);
        both.add(new KeyColumn(column, type));
        return new TableSpec(name, both, stream, shards);
    }

    public TableSpec withStream(StreamViewType viewType) {
        return new TableSpec(name, keys, Optional.of(viewType), shards);
    }

    public TableSpec withoutStream() {
        return new TableSpec(name, keys, Optional.empty(), shards);
    }

    public TableSpec withShards(int number) {
        return new TableSpec(name, keys, stream, number);
    }
}
