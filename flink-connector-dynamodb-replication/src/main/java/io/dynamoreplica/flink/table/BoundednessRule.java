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

/** A batch query ends, so it needs a table that does. */
final class BoundednessRule {

    private BoundednessRule() {}

    /**
     * @param session of the planner
     * @throws ValidationException with the option and the cure
     */
    static void check(String table, StartupMode startup, ReadableConfig session) {
        boolean batch = session.get(ExecutionOptions.RUNTIME_MODE) == RuntimeExecutionMode.BATCH;
        if (batch && !startup.isBounded()) {
            throw new ValidationException(
                    "Table %s: '%s' = '%s' never ends, and the session is in batch mode. Set '%s' = '%s' to copy the table once, in the declaration or by a hint: /*+ OPTIONS('%s' = '%s') */; or set '%s' = 'STREAMING' in the session."
                            .formatted(
                                    table,
                                    StartupMode.OPTION,
                                    startup,
                                    StartupMode.OPTION,
                                    StartupMode.SNAPSHOT,
                                    StartupMode.OPTION,
                                    StartupMode.SNAPSHOT,
                                    ExecutionOptions.RUNTIME_MODE.key()));
        }
    }
}
