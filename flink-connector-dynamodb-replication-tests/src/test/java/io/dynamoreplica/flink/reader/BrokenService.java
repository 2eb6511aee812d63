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
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A service that breaks its contract: each call throws. */
final class BrokenService implements DynamoDbService {

    private final CompletableFuture<Void> gate;

    BrokenService() {
        this(CompletableFuture.completedFuture(null));
    }

    /**
     * Creates the service.
     *
     * @param gate completed before DescribeTable throws
     */
    BrokenService(CompletableFuture<Void> gate) {
        this.gate = gate;
    }

    @Override
    public Answer<List<String>> listTables() {
        throw new IllegalStateException("broken");
    }

    @Override
    public Answer<TableDescription> describeTable(String table) {
        gate.join();
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
