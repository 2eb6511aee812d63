/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.protocol.ProtocolAction.ListShards;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps the listings of a table from piling up: one at a time, and none waiting when one is due no
 * later. DescribeStream is limited to 10 calls a second for the whole account. Used by several
 * threads.
 */
final class ListingSchedule {

    private static final long NONE = Long.MAX_VALUE;

    private final Map<String, Table> tables = new HashMap<>();

    private static final class Table {
        private long shortestDelay = NONE;
        private boolean underWay;
    }

    /** Whether a listing asked for now is worth scheduling. */
    synchronized boolean mayAsk(ListShards action) {
        Table table = tables.computeIfAbsent(action.table(), name -> new Table());
        if (table.underWay || table.shortestDelay <= action.delay()) {
            return false;
        }
        table.shortestDelay = action.delay();
        return true;
    }

    /**
     * Whether a listing whose time has come is to be made; one that was overtaken by a sooner one
     * is not.
     */
    synchronized boolean begin(ListShards action) {
        Table table = tables.get(action.table());
        if (table.underWay || table.shortestDelay != action.delay()) {
            return false;
        }
        table.underWay = true;
        table.shortestDelay = NONE;
        return true;
    }

    synchronized void end(ListShards action) {
        tables.get(action.table()).underWay = false;
    }
}
