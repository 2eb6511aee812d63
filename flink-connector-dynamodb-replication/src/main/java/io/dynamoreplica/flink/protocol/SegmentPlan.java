/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.TableRules.ScanRules;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import java.util.List;
import java.util.stream.IntStream;

/** Into how many segments a copy is divided, and the number of its epoch. */
final class SegmentPlan {

    /**
     * About this much of a table per segment keeps a failure from repeating much, and leaves enough
     * segments for any parallelism; chosen, not measured.
     */
    static final long BYTES_PER_SEGMENT = 256L << 20;

    /** DynamoDB allows 1,000,000; beyond some thousands a segment more only costs state. */
    static final int MOST_SEGMENTS = 10_000;

    /**
     * Opens the next epoch at a time of DynamoDB's, with all its segments unassigned.
     *
     * <p>The number grows with that time, so that it also grows over a job that lost its state.
     */
    static TableState open(Context context, TableState state, long time) {
        long epoch = Math.max(state.epoch() + 1, time / 1000);
        int total = state.start().scans() ? totalSegments(context, state) : 0;
        List<ScanSplit> segments = IntStream.range(0, total)
                .mapToObj(segment -> new ScanSplit(state.table(), epoch, segment, total, ScanPosition.START))
                .toList();
        return state.with(state.copy().withEpoch(epoch)).with(SplitLedger.EMPTY.add(segments));
    }

    private static int totalSegments(Context context, TableState state) {
        ScanRules scan = context.rulesOf(state).scan();
        if (scan.segments() > 0) {
            return scan.segments();
        }
        long bytes = state.pending().described().bytes();
        long forReaders = (long) context.readers().parallelism() * scan.segmentsPerReader();
        long forSize = (bytes + BYTES_PER_SEGMENT - 1) / BYTES_PER_SEGMENT;
        return (int) Math.min(MOST_SEGMENTS, Math.max(forReaders, forSize));
    }

    private SegmentPlan() {}
}
