/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.soak;

import java.util.Locale;

/** A resource that must not grow while a job runs, with the growth at the end that still counts as noise. */
enum Resource {
    /** Measured after a full collection. Flink's own histories and pools fill up slowly. */
    HEAP_BYTES("heap after GC, MB", 1_000_000, 0.15, 10_000_000),
    THREADS("threads", 1, 0.1, 4),
    CONNECTIONS("open connections", 1, 0.1, 4),
    FILE_HANDLES("file handles", 1, 0.1, 8),
    /** The state of readers, enumerator and consumer. The consumer always has the same keys. */
    SAVEPOINT_BYTES("savepoint, kB", 1_000, 0.05, 1_000),
    SHARDS_LISTED("shards listed (the simulator's own)", 1, 0.25, 4);

    private final String label;
    private final double unit;
    private final double share;
    private final double atLeast;

    Resource(String label, double unit, double share, double atLeast) {
        this.label = label;
        this.unit = unit;
        this.share = share;
        this.atLeast = atLeast;
    }

    String label() {
        return label;
    }

    /** Returns the maximum at the end for this value at the beginning. */
    double bound(double beginning) {
        return beginning + Math.max(beginning * share, atLeast);
    }

    String shown(double value) {
        return String.format(Locale.ROOT, unit == 1 ? "%.0f" : "%.1f", value / unit);
    }
}
