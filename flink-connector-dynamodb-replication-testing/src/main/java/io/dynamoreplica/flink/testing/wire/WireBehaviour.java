/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import java.util.OptionalLong;

/**
 * The variations that DynamoDB may show at any time without being asked, and that the fake does not
 * have: only here listings have pages. Safe for many threads.
 */
public final class WireBehaviour {

    private static final int DYNAMODB_PAGE = 100;

    private volatile int shardsPerPage = DYNAMODB_PAGE;
    private volatile int tablesPerPage = DYNAMODB_PAGE;
    private volatile boolean honoursShardFilter = true;
    private volatile OptionalLong shardOrder = OptionalLong.empty();

    WireBehaviour() {}

    /**
     * Limits a DescribeStream answer to this many shards, whatever the request allows; DynamoDB
     * uses 100.
     */
    public WireBehaviour shardsPerPage(int shards) {
        shardsPerPage = atLeastOne(shards);
        return this;
    }

    /**
     * Limits a ListTables answer to this many names, whatever the request allows; DynamoDB uses
     * 100.
     */
    public WireBehaviour tablesPerPage(int tables) {
        tablesPerPage = atLeastOne(tables);
        return this;
    }

    /**
     * Distributes shards over pages in any order, always the same order for a seed. By default,
     * older shards come on earlier pages.
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
