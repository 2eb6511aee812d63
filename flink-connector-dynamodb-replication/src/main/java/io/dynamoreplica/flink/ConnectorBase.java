/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink;

import io.dynamoreplica.flink.service.ReplicationException;

/**
 * Flink's {@code flink-connector-base}, on which the reader is built. Every distribution of Flink
 * has it, the other dependencies of a DataStream job do not bring it. The class of the reader is
 * loaded in the task alone, and Flink restarts a job whose task lacks a class.
 */
final class ConnectorBase {

    private static final String READER =
            "org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase";

    private ConnectorBase() {}

    /**
     * Checks that the connector finds it.
     *
     * @throws ReplicationException if not; without a cause, since some clients show the innermost
     *     message alone
     */
    static void require() {
        try {
            Class.forName(READER, false, ConnectorBase.class.getClassLoader());
        } catch (ClassNotFoundException missing) {
            throw new ReplicationException(
                    "flink-connector-base is not on the class path, so the source cannot read. Add"
                            + " org.apache.flink:flink-connector-base to the dependencies, in the"
                            + " version of your Flink. Its scope can be 'provided': a distribution"
                            + " of Flink has it in lib/flink-connector-files-*.jar.");
        }
    }
}
