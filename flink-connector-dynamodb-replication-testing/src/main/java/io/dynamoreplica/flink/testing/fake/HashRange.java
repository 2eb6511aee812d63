/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

import java.util.ArrayList;
import java.util.List;

/**
 * A range of hashes of partition keys, from {@code from} (inclusive) to {@code to} (exclusive),
 * within 0 and 2^32.
 */
record HashRange(long from, long to) {

    private static final long END = 1L << 32;

    HashRange {
        if (from < 0 || to > END || from >= to) {
            throw new IllegalArgumentException("No hash lies in " + from + " to " + to);
        }
    }

    /** Divides all hashes into {@code parts} ranges of about the same size, in order. */
    static List<HashRange> divide(int parts) {
        List<HashRange> ranges = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            ranges.add(part(part, parts));
        }
        return ranges;
    }

    /**
     * Returns one of {@code parts} ranges. A segment of a parallel Scan covers such a range, too.
     */
    static HashRange part(int part, int parts) {
        return new HashRange(firstOf(part, parts), firstOf(part + 1, parts));
    }

    private static long firstOf(long part, long parts) {
        return (part * END + parts - 1) / parts;
    }

    boolean contains(long hash) {
        return from <= hash && hash < to;
    }

    List<HashRange> halves() {
        long middle = (from + to) / 2;
        return List.of(new HashRange(from, middle), new HashRange(middle, to));
    }
}
