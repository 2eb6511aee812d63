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

/** The number of segments of a copy, and the number of its epoch. */
final class SegmentPlan {

    /**
     * About this many bytes of a table are in one segment, so that a failure repeats little and there
     * are enough segments for any parallelism. Chosen, not measured.
     */
    static final long BYTES_PER_SEGMENT = 256L << 20;

    /** DynamoDB allows 1,000,000. Above some thousands, another segment only makes the state larger. */
    static final int MOST_SEGMENTS = 10_000;

    /**
     * Opens the next epoch, with all its segments unassigned.
     *
     * <p>The epoch's number follows the time, so that it also grows if a job has lost its state.
     *
     * @param time milliseconds since 1970, on DynamoDB's clock
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
