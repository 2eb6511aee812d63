/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service;

import io.dynamoreplica.flink.split.ItemKey.KeyType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.flink.annotation.Internal;

/**
 * The description of a table, as DescribeTable answers it.
 *
 * @param tableId changes if the table is deleted and created again under the same name
 * @param status {@code ACTIVE}, {@code CREATING} and so on, as in DynamoDB's API
 * @param keys partition key first
 * @param size updated by DynamoDB about every six hours
 * @param stream the table's current stream, enabled or not; empty if it never had one
 * @param serverTime when DynamoDB answered, on DynamoDB's clock
 */
@Internal
public record TableDescription(
        String tableId,
        String status,
        List<KeyColumn> keys,
        Size size,
        Optional<TableStream> stream,
        Instant serverTime) {

    public TableDescription {
        keys = List.copyOf(keys);
    }

    /** Returns the names of the key attributes, the partition key first. */
    public List<String> keyNames() {
        return keys.stream().map(KeyColumn::name).toList();
    }

    /** An attribute of the primary key. */
    public record KeyColumn(String name, KeyType type) {}

    /**
     * @param bytes size of all items
     */
    public record Size(long bytes, long items) {}

    /**
     * @param viewType {@code NEW_IMAGE} and so on, as in DynamoDB's API; empty if the stream is off
     */
    public record TableStream(String streamArn, boolean enabled, String viewType) {}
}
