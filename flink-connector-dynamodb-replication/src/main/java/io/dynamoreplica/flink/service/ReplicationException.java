/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;

/**
 * Replication cannot begin or go on as it is configured. The message names the table, the cause and
 * the next step. It never has a cause below it: SQL clients show the innermost message alone.
 */
@PublicEvolving
public final class ReplicationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final Set<Refusal.Kind> OF_THE_SERVICE =
            EnumSet.of(Refusal.Kind.UNAVAILABLE, Refusal.Kind.THROTTLED);

    private final boolean forEveryTable;

    @Internal
    public ReplicationException(String message) {
        super(message);
        this.forEveryTable = false;
    }

    /**
     * @param refused as what the call was refused that led here
     */
    ReplicationException(String message, Refusal.Kind refused) {
        super(message);
        this.forEveryTable = OF_THE_SERVICE.contains(refused);
    }

    /** The same about some tables, for whoever knows which. */
    @Internal
    public ReplicationException about(List<String> tables) {
        return new ReplicationException(
                (tables.size() == 1 ? "Table " : "Tables ") + String.join(", ", tables) + ": " + getMessage());
    }

    /** Whether it is about the service, so that another table would be refused the same. */
    boolean isForEveryTable() {
        return forEveryTable;
    }
}
