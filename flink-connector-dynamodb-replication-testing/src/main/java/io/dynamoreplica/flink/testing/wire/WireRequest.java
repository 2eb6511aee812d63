/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import java.util.function.Predicate;

/** A request, described for faults and tests. */
public record WireRequest(WireOperation operation, JsonObject body) {

    public static Predicate<WireRequest> of(WireOperation operation) {
        return request -> request.operation == operation;
    }

    /** Matches every request to this table or to a stream of it. */
    public static Predicate<WireRequest> toTable(String table) {
        return request -> request.body.text("TableName").filter(table::equals).isPresent()
                || request.body.text("StreamArn").filter(isStreamOf(table)).isPresent()
                || request.body.text("ShardIterator").filter(isStreamOf(table)).isPresent();
    }

    /** Matches GetShardIterator and GetRecords of this shard. */
    public static Predicate<WireRequest> toShard(String shardId) {
        return request -> switch (request.operation) {
            case GET_SHARD_ITERATOR ->
                request.body.text("ShardId").filter(shardId::equals).isPresent();
            case GET_RECORDS ->
                request.body
                        .text("ShardIterator")
                        .flatMap(WireIterator::decode)
                        .filter(iterator -> iterator.shardId().equals(shardId))
                        .isPresent();
            default -> false;
        };
    }

    /** Matches DescribeStream and ListTables from the second page on. */
    public static Predicate<WireRequest> forAFurtherPage() {
        return request -> request.body.has("ExclusiveStartShardId") || request.body.has("ExclusiveStartTableName");
    }

    /** Matches the ARN of a stream of this table, with which its iterators begin, too. */
    private static Predicate<String> isStreamOf(String table) {
        return text -> text.contains(":table/" + table + "/stream/");
    }
}
