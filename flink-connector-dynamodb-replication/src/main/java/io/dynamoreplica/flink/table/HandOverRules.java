/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static io.dynamoreplica.flink.config.ReplicationOptions.SCAN_ALLOW_UNALIGNED_CHECKPOINTS;
import static io.dynamoreplica.flink.config.ReplicationOptions.SCAN_HAND_OVER;
import static io.dynamoreplica.flink.config.ReplicationOptions.STREAM_ON_GAP;

import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.policy.HandOver;
import io.dynamoreplica.flink.policy.StartupMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;

/**
 * Whether the checkpoint that a hand-over waits for will ever come, and be of any use. A source
 * cannot see that; the planner's session can.
 */
final class HandOverRules {

    private static final String COPY_WAITS = "with '%s' = '%s' the stream, or the next copy, begins"
            .formatted(SCAN_HAND_OVER.key(), HandOver.CHECKPOINT);

    /** A withdrawal waits for a checkpoint as well, and without a copy it has this one cause. */
    private static final String STREAM_WAITS =
            "with '%s' = '%s' and '%s' = '%s' a stream that took the place of the one before is read"
                    .formatted(STREAM_ON_GAP.key(), GapPolicy.IGNORE, SCAN_HAND_OVER.key(), HandOver.CHECKPOINT);

    private static final String COPY_OVERTAKEN = "a scanned row could arrive after a newer change of the same item";

    private static final String STREAM_OVERTAKEN =
            "with '%s' = '%s' a change of the old stream could arrive after one of the new stream"
                    .formatted(STREAM_ON_GAP.key(), GapPolicy.IGNORE);

    private HandOverRules() {}

    /**
     * @param options of the table
     * @param session of the planner: table configuration, execution environment, cluster defaults
     * @throws ValidationException with the option and the cure
     */
    static void check(String table, StartupMode startup, ReadableConfig options, ReadableConfig session) {
        boolean ofCopy = startup.scans() && !startup.isBounded();
        boolean ofStream = startup.streams() && options.get(STREAM_ON_GAP) == GapPolicy.IGNORE;
        if (options.get(SCAN_HAND_OVER) != HandOver.CHECKPOINT || !(ofCopy || ofStream)) {
            return;
        }
        if (!isCheckpointed(session)) {
            throw new ValidationException(
                    "Table %s: %s once a checkpoint has completed, and checkpointing is off. Set '%s', to '30 s' say; or set the table's '%s' = '%s'."
                            .formatted(
                                    table,
                                    ofCopy ? COPY_WAITS : STREAM_WAITS,
                                    CheckpointingOptions.CHECKPOINTING_INTERVAL.key(),
                                    SCAN_HAND_OVER.key(),
                                    HandOver.IMMEDIATE));
        }
        if (session.get(CheckpointingOptions.ENABLE_UNALIGNED) && !options.get(SCAN_ALLOW_UNALIGNED_CHECKPOINTS)) {
            throw new ValidationException(
                    "Table %s: unaligned checkpoints overtake rows, so %s. Set '%s' = 'false'; or, to accept that, the table's '%s' = 'true'."
                            .formatted(
                                    table,
                                    ofCopy ? COPY_OVERTAKEN : STREAM_OVERTAKEN,
                                    CheckpointingOptions.ENABLE_UNALIGNED.key(),
                                    SCAN_ALLOW_UNALIGNED_CHECKPOINTS.key()));
        }
    }

    /** As Flink's own {@code CheckpointConfig.isCheckpointingEnabled}: an interval of 0 is none. */
    private static boolean isCheckpointed(ReadableConfig session) {
        return session.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)
                .filter(interval -> interval.toMillis() > 0)
                .isPresent();
    }
}
