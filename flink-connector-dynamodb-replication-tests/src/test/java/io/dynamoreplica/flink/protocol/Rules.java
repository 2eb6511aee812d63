/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.policy.HandOver;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.TableRules.ScanRules;
import io.dynamoreplica.flink.protocol.TableRules.StartRequest;
import io.dynamoreplica.flink.protocol.TableRules.StreamRules;

/** Rules for the tables of stories: discovery every minute, one segment per reader at a time. */
final class Rules {

    static final long DISCOVERY = 60_000;
    static final long SETTLE = 10_000;

    static final StreamRules STREAM = new StreamRules(DISCOVERY, false, GapPolicy.FAIL, true, false);

    static final TableRules INITIAL = of(StartupMode.INITIAL, HandOver.CHECKPOINT);
    static final TableRules SNAPSHOT = of(StartupMode.SNAPSHOT, HandOver.CHECKPOINT);
    static final TableRules LATEST = of(StartupMode.LATEST_OFFSET, HandOver.CHECKPOINT);
    static final TableRules EARLIEST = of(StartupMode.EARLIEST_OFFSET, HandOver.CHECKPOINT);

    /** Returns rules in which shards are read while segments are scanned. */
    static TableRules duringScan() {
        return new TableRules(
                INITIAL.table(),
                INITIAL.startRequest(),
                HandOver.CHECKPOINT,
                INITIAL.scan(),
                new StreamRules(DISCOVERY, false, GapPolicy.FAIL, true, true));
    }

    static TableRules of(StartupMode start, HandOver handOver) {
        return new TableRules("orders", new StartRequest(start, ""), handOver, scan(0, 1, true), STREAM);
    }

    static TableRules onGap(GapPolicy policy, StartupMode start) {
        return new TableRules(
                "orders",
                new StartRequest(start, ""),
                HandOver.CHECKPOINT,
                scan(0, 1, true),
                new StreamRules(DISCOVERY, false, policy, true, false));
    }

    static TableRules immediate(GapPolicy policy, StartupMode start) {
        TableRules like = onGap(policy, start);
        return new TableRules(like.table(), like.startRequest(), HandOver.IMMEDIATE, like.scan(), like.stream());
    }

    static TableRules closedShardsOnly(StartupMode start) {
        return closedShardsOnly(start, GapPolicy.FAIL);
    }

    static TableRules closedShardsOnly(StartupMode start, GapPolicy policy) {
        return new TableRules(
                "orders",
                new StartRequest(start, ""),
                HandOver.CHECKPOINT,
                scan(0, 1, true),
                new StreamRules(DISCOVERY, true, policy, true, false));
    }

    static TableRules unbalanced(TableRules like) {
        StreamRules stream = like.stream();
        return new TableRules(
                like.table(),
                like.startRequest(),
                like.handOver(),
                like.scan(),
                new StreamRules(stream.discoveryMillis(), stream.closedShardsOnly(), stream.onGap(), false, false));
    }

    static TableRules named(String table, TableRules like) {
        return new TableRules(table, like.startRequest(), like.handOver(), like.scan(), like.stream());
    }

    static TableRules with(ScanRules scan) {
        return new TableRules("orders", new StartRequest(StartupMode.INITIAL, ""), HandOver.CHECKPOINT, scan, STREAM);
    }

    static ScanRules scan(int segments, int perReader, boolean consistent) {
        return new ScanRules(segments, perReader, consistent, SETTLE);
    }

    private Rules() {}
}
