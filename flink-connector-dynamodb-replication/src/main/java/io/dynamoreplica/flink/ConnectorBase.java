/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink;

import io.dynamoreplica.flink.service.ReplicationException;

/**
 * The check for Flink's {@code flink-connector-base}, which the reader extends. Every distribution
 * of Flink has it, but no other dependency of a DataStream job brings it. Without this check, only
 * the task would notice, when it loads the reader, and Flink restarts a job whose task lacks a class.
 */
final class ConnectorBase {

    private static final String READER =
            "org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase";

    private ConnectorBase() {}

    /**
     * Checks that {@code flink-connector-base} is on the class path.
     *
     * @throws ReplicationException if not; without a cause, because some clients only show the
     *     innermost message
     */
    static void require() {
        try {
            Class.forName(READER, false, ConnectorBase.class.getClassLoader());
        } catch (ClassNotFoundException missing) {
            throw new ReplicationException(
                    """
                    flink-connector-base is not on the class path, so the source cannot read. Add \
                    org.apache.flink:flink-connector-base to the dependencies, in the version of your Flink. Its \
                    scope can be 'provided', because a distribution of Flink has it in \
                    lib/flink-connector-files-*.jar.""");
        }
    }
}
