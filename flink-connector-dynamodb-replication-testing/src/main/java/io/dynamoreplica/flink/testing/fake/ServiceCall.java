/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

import io.dynamoreplica.flink.service.ScanRequest;
import io.dynamoreplica.flink.split.ScanSplit;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * A call, described for faults and counters.
 *
 * @param part the id of a shard, a segment as in {@code 3/12}, or a mark that one item is
 *     requested; empty for a call about a whole table or stream
 */
public record ServiceCall(CallKind kind, String table, String part) {

    /** The part of a Scan with a page limit of one item. */
    private static final String ONE_ITEM = "one item";

    static ServiceCall of(ScanRequest request) {
        ScanSplit split = request.split();
        String part = request.pageLimit().equals(OptionalInt.of(1))
                ? ONE_ITEM
                : split.segment() + "/" + split.totalSegments();
        return new ServiceCall(CallKind.SCAN, split.table(), part);
    }

    public static Predicate<ServiceCall> of(CallKind kind) {
        return call -> call.kind == kind;
    }

    public static Predicate<ServiceCall> toTable(String table) {
        return call -> call.table.equals(table);
    }

    /** Matches GetShardIterator and GetRecords of this shard. */
    public static Predicate<ServiceCall> toShard(String shardId) {
        return call ->
                (call.kind == CallKind.SHARD_ITERATOR || call.kind == CallKind.RECORDS) && call.part.equals(shardId);
    }

    public static Predicate<ServiceCall> toSegment(int segment) {
        return call -> call.kind == CallKind.SCAN && call.part.startsWith(segment + "/");
    }

    /**
     * Matches the Scans of readers. When a job begins, it requests one item with the same
     * operation, to check its permissions; that Scan does not match.
     */
    public static Predicate<ServiceCall> ofReaders() {
        return call -> call.kind == CallKind.SCAN && !call.part.equals(ONE_ITEM);
    }
}
