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
 * The error of a replication that cannot start or go on as it is configured. The message names the
 * table, the cause and the next step. The error never has a nested cause: SQL clients show only the
 * innermost message.
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
     * @param refused the kind of the refusal that caused this error
     */
    ReplicationException(String message, Refusal.Kind refused) {
        super(message);
        this.forEveryTable = OF_THE_SERVICE.contains(refused);
    }

    /** Returns the same error with the names of the tables that it concerns. */
    @Internal
    public ReplicationException about(List<String> tables) {
        String subject = tables.size() == 1 ? "Table" : "Tables";
        return new ReplicationException("%s %s: %s".formatted(subject, String.join(", ", tables), getMessage()));
    }

    /** Returns whether the cause is the service, so that another table would be refused in the same way. */
    boolean isForEveryTable() {
        return forEveryTable;
    }
}
