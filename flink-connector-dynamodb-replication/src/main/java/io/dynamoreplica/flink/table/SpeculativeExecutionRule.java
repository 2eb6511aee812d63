/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.BatchExecutionOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;

/**
 * Flink's second attempt of a slow subtask, which runs beside the first one in batch mode. It is not
 * supported: the enumerator cannot tell apart the reports of two attempts about the same splits.
 */
final class SpeculativeExecutionRule {

    private SpeculativeExecutionRule() {}

    /**
     * Refuses a batch query if speculative execution is enabled.
     *
     * @param session configuration of the planner
     * @throws ValidationException with the option to set
     */
    static void refuse(ReadableConfig session) {
        boolean batch = session.get(ExecutionOptions.RUNTIME_MODE) == RuntimeExecutionMode.BATCH;
        if (batch && session.get(BatchExecutionOptions.SPECULATIVE_ENABLED)) {
            throw new ValidationException("A table cannot be copied with speculative execution. Set '%s' = 'false'."
                    .formatted(BatchExecutionOptions.SPECULATIVE_ENABLED.key()));
        }
    }
}
