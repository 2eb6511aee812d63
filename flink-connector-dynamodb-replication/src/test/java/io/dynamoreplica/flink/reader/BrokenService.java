/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.ScanPage;
import io.dynamoreplica.flink.service.ScanRequest;
import io.dynamoreplica.flink.service.ShardListing;
import io.dynamoreplica.flink.service.ShardPage;
import io.dynamoreplica.flink.service.TableDescription;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;

/** Breaks its contract: throws where it should answer. */
final class BrokenService implements DynamoDbService {

    @Override
    public Answer<TableDescription> describeTable(String table) {
        throw new IllegalStateException("broken");
    }

    @Override
    public Answer<ShardListing> listShards(String streamArn) {
        throw new IllegalStateException("broken");
    }

    @Override
    public Answer<ScanPage> scan(ScanRequest request) {
        throw new IllegalStateException("broken");
    }

    @Override
    public Answer<String> shardIterator(ShardKey shard, ShardPosition position) {
        throw new IllegalStateException("broken");
    }

    @Override
    public Answer<ShardPage> records(ShardKey shard, String iterator) {
        throw new IllegalStateException("broken");
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
