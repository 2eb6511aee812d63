/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service;

import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.util.List;
import org.apache.flink.annotation.Internal;

/**
 * The calls to DynamoDB. Each call blocks until DynamoDB has answered or the configured timeout has
 * passed. Safe for use by many threads.
 *
 * <p>An implementation does not retry a call after its timeout: the caller decides when to call again.
 */
@Internal
public interface DynamoDbService extends AutoCloseable {

    /** Calls ListTables for all pages: the answer has the names of all the account's tables in the region, or none. */
    Answer<List<String>> listTables();

    /** Calls DescribeTable. */
    Answer<TableDescription> describeTable(String table);

    /** Calls DescribeStream for all pages: the answer is a complete listing, or none. */
    Answer<ShardListing> listShards(String streamArn);

    /** Calls Scan for one page of a segment. */
    Answer<ScanPage> scan(ScanRequest request);

    /**
     * Calls GetShardIterator.
     *
     * @param position {@code Beginning} and {@code OldestKept} both mean TRIM_HORIZON; {@code End} is
     *     not allowed
     */
    Answer<String> shardIterator(ShardKey shard, ShardPosition position);

    /**
     * Calls GetRecords.
     *
     * @param iterator of this shard, less than 15 minutes old
     */
    Answer<ShardPage> records(ShardKey shard, String iterator);

    @Override
    void close();
}
