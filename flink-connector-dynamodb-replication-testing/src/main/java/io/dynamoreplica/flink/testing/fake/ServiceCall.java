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
 * A call as faults and counters see it.
 *
 * @param part the id of a shard, or a segment as in {@code 3/12}, or that one item is asked for;
 *     empty for a call about a whole table or stream
 */
public record ServiceCall(CallKind kind, String table, String part) {

    /** The part that a Scan with a page limit of one item is about. */
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

    /** GetShardIterator and GetRecords of this shard. */
    public static Predicate<ServiceCall> toShard(String shardId) {
        return call ->
                (call.kind == CallKind.SHARD_ITERATOR || call.kind == CallKind.RECORDS) && call.part.equals(shardId);
    }

    public static Predicate<ServiceCall> toSegment(int segment) {
        return call -> call.kind == CallKind.SCAN && call.part.startsWith(segment + "/");
    }

    /**
     * Scans as readers make them. A job that begins asks for one item by the same request, to see
     * whether it may.
     */
    public static Predicate<ServiceCall> ofReaders() {
        return call -> call.kind == CallKind.SCAN && !call.part.equals(ONE_ITEM);
    }
}
