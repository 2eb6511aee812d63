/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service;

import io.dynamoreplica.flink.split.Shard;
import java.time.Instant;
import java.util.List;
import org.apache.flink.annotation.Internal;

/**
 * A complete listing of a stream's shards, in no particular order. A listing can lag: it can show a
 * child before its parent, or a closed parent without its child.
 *
 * @param status ENABLING, ENABLED, DISABLING or DISABLED, as in DynamoDB's API
 * @param serverTime when DynamoDB answered with the first page, on DynamoDB's clock
 */
@Internal
public record ShardListing(String streamArn, String status, List<Shard> shards, Instant serverTime) {
    public ShardListing {
        shards = List.copyOf(shards);
    }
}
