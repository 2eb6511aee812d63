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
 * The rules for a hand-over that waits for a checkpoint: checkpoints must be enabled, and they must be
 * aligned. The planner's session shows both. A source does not see them.
 */
final class HandOverRules {

    private static final String COPY_WAITS =
            """
            With '%s' = '%s', the stream or the next copy begins only after a completed checkpoint"""
                    .formatted(SCAN_HAND_OVER.key(), HandOver.CHECKPOINT);

    /** Without a copy, a stream that replaces an earlier one waits for a checkpoint too. */
    private static final String STREAM_WAITS =
            """
            With '%s' = '%s' and '%s' = '%s', a stream that replaces an earlier one is read only after a completed \
            checkpoint"""
                    .formatted(STREAM_ON_GAP.key(), GapPolicy.IGNORE, SCAN_HAND_OVER.key(), HandOver.CHECKPOINT);

    private static final String COPY_OVERTAKEN = "a scanned row could arrive after a newer change of the same item";

    private static final String STREAM_OVERTAKEN =
            "with '%s' = '%s' a change of the old stream could arrive after a change of the new stream"
                    .formatted(STREAM_ON_GAP.key(), GapPolicy.IGNORE);

    private static final String NO_CHECKPOINTS =
            "%s, and checkpointing is off. Set '%s', for example to '30 s'. Or set '%s' = '%s' in the table.";

    private static final String UNALIGNED =
            """
            Unaligned checkpoints overtake rows, so %s. Set '%s' = 'false'. Or accept this order by '%s' = 'true' in \
            the table.""";

    private HandOverRules() {}

    /**
     * Refuses a hand-over for which no checkpoint will come, or which unaligned checkpoints would break.
     *
     * @param options the options of the table
     * @param session configuration of the planner: table configuration, execution environment, cluster
     *     defaults
     * @throws ValidationException with the option and the next step
     */
    static void check(StartupMode startup, ReadableConfig options, ReadableConfig session) {
        boolean ofCopy = startup.scans() && !startup.isBounded();
        boolean ofStream = startup.streams() && options.get(STREAM_ON_GAP) == GapPolicy.IGNORE;
        if (options.get(SCAN_HAND_OVER) != HandOver.CHECKPOINT || !(ofCopy || ofStream)) {
            return;
        }
        if (!isCheckpointed(session)) {
            throw new ValidationException(NO_CHECKPOINTS.formatted(
                    ofCopy ? COPY_WAITS : STREAM_WAITS,
                    CheckpointingOptions.CHECKPOINTING_INTERVAL.key(),
                    SCAN_HAND_OVER.key(),
                    HandOver.IMMEDIATE));
        }
        if (session.get(CheckpointingOptions.ENABLE_UNALIGNED) && !options.get(SCAN_ALLOW_UNALIGNED_CHECKPOINTS)) {
            throw new ValidationException(UNALIGNED.formatted(
                    ofCopy ? COPY_OVERTAKEN : STREAM_OVERTAKEN,
                    CheckpointingOptions.ENABLE_UNALIGNED.key(),
                    SCAN_ALLOW_UNALIGNED_CHECKPOINTS.key()));
        }
    }

    /** Applies the rule of Flink's {@code CheckpointConfig.isCheckpointingEnabled}: 0 means off. */
    private static boolean isCheckpointed(ReadableConfig session) {
        return session.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)
                .filter(interval -> interval.toMillis() > 0)
                .isPresent();
    }
}
