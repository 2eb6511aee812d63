/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table.queries;

import java.util.Map;

/** A way in which a case is run. */
enum Variant {
    /** The tables after all changes, read by Scan in batch mode. */
    BATCH(false, "snapshot", false),

    /** The tables after all changes, read by Scan in streaming mode. */
    COPY(true, "snapshot", false),

    COPY_REUSING_OBJECTS(true, "snapshot", true),

    /** The tables before all changes, and then their changes. */
    FOLLOW(true, "initial", false),

    FOLLOW_REUSING_OBJECTS(true, "initial", true);

    private final boolean streaming;
    private final String startupMode;
    private final boolean reusesObjects;

    Variant(boolean streaming, String startupMode, boolean reusesObjects) {
        this.streaming = streaming;
        this.startupMode = startupMode;
        this.reusesObjects = reusesObjects;
    }

    boolean isStreaming() {
        return streaming;
    }

    /** The value of {@code scan.startup.mode}. */
    String startupMode() {
        return startupMode;
    }

    /** Returns whether the tables change while the query runs. */
    boolean isFollowed() {
        return startupMode.equals("initial");
    }

    /** Options of the session. */
    Map<String, String> session() {
        return Map.of(
                "pipeline.object-reuse",
                Boolean.toString(reusesObjects),
                "pipeline.generic-types",
                "false",
                "parallelism.default",
                "2",
                "table.local-time-zone",
                "UTC",
                "table.exec.sink.keyed-shuffle",
                "FORCE",
                "restart-strategy.type",
                "none",
                "execution.checkpointing.interval",
                "200 ms");
    }
}
