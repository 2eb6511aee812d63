/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.protocol.ProtocolAction.FailForContradiction;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForGap;
import io.dynamoreplica.flink.service.ReplicationException;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * Replication cannot go on without a decision of the user's. Not recoverable in Flink's sense: a
 * restart would meet the same thing again, so the job fails at once instead of restarting for ever.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class ReplicationStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ReplicationStoppedException(String message) {
        super(message);
    }

    private ReplicationStoppedException(ReplicationException cause) {
        super(cause.getMessage(), cause);
    }

    /** Of a refusal that another start would meet again. */
    public static ReplicationStoppedException of(ReplicationException refusal) {
        return new ReplicationStoppedException(refusal);
    }

    static ReplicationStoppedException forGap(FailForGap gap) {
        return new ReplicationStoppedException(
                "Table "
                        + gap.table()
                        + ": changes were lost ("
                        + gap.cause()
                        + "): "
                        + gap.cause().meaning()
                        + ". "
                        + gap.detail()
                        + ". The replica no longer follows the table. Start the job without its state (no savepoint) in startup mode"
                        + " 'initial' to copy the table again.");
    }

    static ReplicationStoppedException forContradiction(FailForContradiction contradiction) {
        return new ReplicationStoppedException(
                "Table "
                        + contradiction.table()
                        + ": readers and enumerator contradict each other: "
                        + contradiction.detail()
                        + ". Going on could lose changes. Start from the last savepoint before this; if that fails in the same way, start"
                        + " without state in startup mode 'initial' and report the error.");
    }
}
