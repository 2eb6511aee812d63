/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.policy.StartupMode;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;

/** The rule that a batch query needs a bounded table. */
final class BoundednessRule {

    private static final String UNBOUNDED =
            """
            '%1$s' = '%2$s' never ends, and the session is in batch mode. To copy the table once, set '%1$s' = '%3$s' \
            in the declaration, or in the query by the hint /*+ OPTIONS('%1$s' = '%3$s') */. To follow the table, set \
            '%4$s' = 'STREAMING' in the session.""";

    private BoundednessRule() {}

    /**
     * Refuses an unbounded table in batch mode.
     *
     * @param session configuration of the planner
     * @throws ValidationException with the option and the next step
     */
    static void check(StartupMode startup, ReadableConfig session) {
        boolean batch = session.get(ExecutionOptions.RUNTIME_MODE) == RuntimeExecutionMode.BATCH;
        if (batch && !startup.isBounded()) {
            throw new ValidationException(UNBOUNDED.formatted(
                    StartupMode.OPTION, startup, StartupMode.SNAPSHOT, ExecutionOptions.RUNTIME_MODE.key()));
        }
    }
}
