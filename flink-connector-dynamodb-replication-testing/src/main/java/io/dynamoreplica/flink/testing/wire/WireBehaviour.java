/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import java.util.OptionalLong;

/**
 * What DynamoDB may do at any time without being asked, and of which the fake knows nothing: a
 * listing has pages only here. Safe for many threads.
 */
public final class WireBehaviour {

    private static final int DYNAMODB_PAGE = 100;

    private volatile int shardsPerPage = DYNAMODB_PAGE;
    private volatile int tablesPerPage = DYNAMODB_PAGE;
    private volatile boolean honoursShardFilter = true;
    private volatile OptionalLong shardOrder = OptionalLong.empty();

    WireBehaviour() {}

    /** The most shards of a DescribeStream answer, whatever the request allows; 100 at DynamoDB. */
    public WireBehaviour shardsPerPage(int shards) {
        shardsPerPage = atLeastOne(shards);
        return this;
    }

    /** The most names of a ListTables answer, whatever the request allows; 100 at DynamoDB. */
    public WireBehaviour tablesPerPage(int tables) {
        tablesPerPage = atLeastOne(tables);
        return this;
    }

    /**
     * Which page shows which shard: in any order, always the same one for a seed. Otherwise older
     * shards come on earlier pages.
     */
    public WireBehaviour shuffleShardsOverPages(long seed) {
        shardOrder = OptionalLong.of(seed);
        return this;
    }

    /** Lists all shards whatever ShardFilter says, as DynamoDB Local does. */
    public WireBehaviour ignoreShardFilter() {
        honoursShardFilter = false;
        return this;
    }

    int shardsPerPage() {
        return shardsPerPage;
    }

    int tablesPerPage() {
        return tablesPerPage;
    }

    boolean honoursShardFilter() {
        return honoursShardFilter;
    }

    OptionalLong shardOrder() {
        return shardOrder;
    }

    private static int atLeastOne(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("A page has at least one entry, not " + number);
        }
        return number;
    }
}
