/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static io.dynamoreplica.flink.config.ReplicationOptions.SCAN_ALLOW_UNALIGNED_CHECKPOINTS;
import static io.dynamoreplica.flink.config.ReplicationOptions.SCAN_HAND_OVER;

import io.dynamoreplica.flink.config.HandOver;
import io.dynamoreplica.flink.config.StartupMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;

/**
 * Whether the checkpoint that a hand-over waits for will ever come, and be of any use. A source
 * cannot see that; the planner's session can.
 */
final class HandOverRules {

    private HandOverRules() {}

    /**
     * @param options of the table
     * @param session of the planner: table configuration, execution environment, cluster defaults
     * @throws ValidationException with the option and the cure
     */
    static void check(
            String table, StartupMode startup, ReadableConfig options, ReadableConfig session) {
        boolean waits =
                startup.scans()
                        && !startup.isBounded()
                        && options.get(SCAN_HAND_OVER) == HandOver.CHECKPOINT;
        if (!waits) {
            return;
        }
        if (!isCheckpointed(session)) {
            throw new ValidationException(
                    "Table %s: with '%s' = '%s' the stream, or the next copy, begins once a checkpoint has completed, and checkpointing is off. Set '%s', to '30 s' say; or set the table's '%s' = '%s'."
                            .formatted(
                                    table,
                                    SCAN_HAND_OVER.key(),
                                    HandOver.CHECKPOINT,
                                    CheckpointingOptions.CHECKPOINTING_INTERVAL.key(),
                                    SCAN_HAND_OVER.key(),
                                    HandOver.IMMEDIATE));
        }
        if (session.get(CheckpointingOptions.ENABLE_UNALIGNED)
                && !options.get(SCAN_ALLOW_UNALIGNED_CHECKPOINTS)) {
            throw new ValidationException(
                    "Table %s: unaligned checkpoints overtake rows, so a scanned row could arrive after a newer change of the same item. Set '%s' = 'false'; or, to accept that, the table's '%s' = 'true'."
                            .formatted(
                                    table,
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
