/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.TableRules.HandOverRule;
import io.dynamoreplica.flink.protocol.TableRules.Mandate;
import io.dynamoreplica.flink.protocol.TableRules.OnGap;
import io.dynamoreplica.flink.protocol.TableRules.ScanRules;
import io.dynamoreplica.flink.protocol.TableRules.Start;
import io.dynamoreplica.flink.protocol.TableRules.StreamRules;

/** Rules for the tables of stories: discovery every minute, one segment per reader at a time. */
final class Rules {

    static final long DISCOVERY = 60_000;
    static final long SETTLE = 10_000;

    static final StreamRules STREAM = new StreamRules(DISCOVERY, false, OnGap.FAIL, true);

    static final TableRules INITIAL = of(Start.SNAPSHOT_THEN_STREAM, HandOverRule.AFTER_CHECKPOINT);
    static final TableRules SNAPSHOT = of(Start.SNAPSHOT, HandOverRule.AFTER_CHECKPOINT);
    static final TableRules LATEST = of(Start.LATEST, HandOverRule.AFTER_CHECKPOINT);
    static final TableRules EARLIEST = of(Start.EARLIEST, HandOverRule.AFTER_CHECKPOINT);

    static TableRules of(Start start, HandOverRule handOver) {
        return new TableRules("orders", new Mandate(start, ""), handOver, scan(0, 1, true), STREAM);
    }

    static TableRules onGap(OnGap policy, Start start) {
        return new TableRules(
                "orders",
                new Mandate(start, ""),
                HandOverRule.AFTER_CHECKPOINT,
                scan(0, 1, true),
                new StreamRules(DISCOVERY, false, policy, true));
    }

    static TableRules immediate(OnGap policy, Start start) {
        TableRules like = onGap(policy, start);
        return new TableRules(like.table(), like.mandate(), HandOverRule.IMMEDIATE, like.scan(), like.stream());
    }

    static TableRules closedShardsOnly(Start start) {
        return closedShardsOnly(start, OnGap.FAIL);
    }

    static TableRules closedShardsOnly(Start start, OnGap policy) {
        return new TableRules(
                "orders",
                new Mandate(start, ""),
                HandOverRule.AFTER_CHECKPOINT,
                scan(0, 1, true),
                new StreamRules(DISCOVERY, true, policy, true));
    }

    static TableRules unbalanced(TableRules like) {
        StreamRules stream = like.stream();
        return new TableRules(
                like.table(),
                like.mandate(),
                like.handOver(),
                like.scan(),
                new StreamRules(stream.discoveryMillis(), stream.closedShardsOnly(), stream.onGap(), false));
    }

    static TableRules named(String table, TableRules like) {
        return new TableRules(table, like.mandate(), like.handOver(), like.scan(), like.stream());
    }

    static TableRules with(ScanRules scan) {
        return new TableRules(
                "orders", new Mandate(Start.SNAPSHOT_THEN_STREAM, ""), HandOverRule.AFTER_CHECKPOINT, scan, STREAM);
    }

    static ScanRules scan(int segments, int perReader, boolean consistent) {
        return new ScanRules(segments, perReader, consistent, SETTLE);
    }

    private Rules() {}
}
