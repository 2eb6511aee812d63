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
 * Several attempts of one subtask at a time, as Flink starts them in batch for a subtask that is
 * slow. Not supported: what two attempts report of the same splits cannot be told apart soundly.
 */
final class SpeculativeExecution {

    private SpeculativeExecution() {}

    /**
     * @param session of the planner
     * @throws ValidationException if the job will run with it
     */
    static void refuse(String table, ReadableConfig session) {
        boolean batch = session.get(ExecutionOptions.RUNTIME_MODE) == RuntimeExecutionMode.BATCH;
        if (batch && session.get(BatchExecutionOptions.SPECULATIVE_ENABLED)) {
            throw new ValidationException(
                    "Table %s: a table cannot be copied with speculative execution. Set '%s' = 'false'."
                            .formatted(table, BatchExecutionOptions.SPECULATIVE_ENABLED.key()));
        }
    }
}
