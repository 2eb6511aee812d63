/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.protocol.CopyEstimate;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForContradiction;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForCopiesInVain;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForGap;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForSlowCopies;
import io.dynamoreplica.flink.protocol.ProtocolAction.Remedy;
import io.dynamoreplica.flink.service.ReplicationException;
import java.time.Duration;
import java.util.Collection;
import java.util.stream.Collectors;
import org.apache.flink.annotation.Internal;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * Replication cannot go on without a decision of the user's. Not recoverable in Flink's sense: a
 * restart would meet the same thing again, so the job fails at once instead of restarting for ever.
 */
@Internal
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class ReplicationStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ReplicationStoppedException(String message) {
        super(message);
    }

    /** Of a refusal that another start would meet again. */
    public static ReplicationStoppedException of(ReplicationException refusal) {
        return new ReplicationStoppedException(refusal.getMessage());
    }

    static ReplicationStoppedException forGap(FailForGap gap) {
        return new ReplicationStoppedException("Table "
                + gap.table()
                + ": changes were lost ("
                + gap.cause()
                + "): "
                + gap.cause().meaning()
                + ". "
                + gap.detail()
                + ". The replica no longer follows the table. "
                + nextStep(gap.remedy()));
    }

    private static String nextStep(Remedy remedy) {
        return switch (remedy) {
            case ANOTHER_POLICY ->
                "Set 'scan.stream.on-gap' = 'resnapshot' (the table is then copied again) or 'ignore', and start from the last"
                        + " checkpoint; or start the job without its state (no savepoint) in startup mode 'initial'.";
            case COPY_AGAIN ->
                "Set 'scan.stream.on-gap' = 'resnapshot' (the table is then copied again), and start from the last checkpoint;"
                        + " or start the job without its state (no savepoint).";
            case IGNORE_OR_COPY ->
                "There is no copy that could be renewed. Set 'scan.stream.on-gap' = 'ignore', and start from the last checkpoint,"
                        + " to go on without what was lost; or set 'scan.startup.mode' = 'initial' to copy the table, with or"
                        + " without the state.";
            case RUN_AGAIN ->
                "A table that is copied once is copied as a whole: start the job again without its state (no savepoint).";
            case BRING_BACK ->
                "Bring back what is missing (the table ACTIVE; for startup modes that read the stream, the stream ENABLED with"
                        + " view type NEW_AND_OLD_IMAGES or NEW_IMAGE; the endpoints and credentials that lead there), and start"
                        + " from the last checkpoint. From then on it is waited for, for an hour.";
        };
    }

    static ReplicationStoppedException forSlowCopies(FailForSlowCopies slow) {
        CopyEstimate copy = slow.estimate();
        return new ReplicationStoppedException("Table "
                + slow.table()
                + ": changes were lost ("
                + slow.gap().cause()
                + "): "
                + slow.gap().cause().meaning()
                + ". "
                + slow.gap().detail()
                + ". At least two copies in a row came to nothing, and the last one was still behind when the stream"
                + " dropped what it had not read. So another one would be, too: the last one had read "
                + copy.ended()
                + " of "
                + copy.segments()
                + " segments of about "
                + copy.bytes()
                + " bytes after "
                + Duration.ofMillis(copy.millis())
                + copy.wholeMillis().stream()
                        .mapToObj(whole -> ", so the whole table takes about " + Duration.ofMillis(whole))
                        .collect(Collectors.joining())
                + "; the stream keeps 24 h. Copy faster: more segments ('scan.snapshot.total-segments'), more of them at a time"
                + " ('scan.snapshot.segments-per-reader', 'scan.reader.concurrent-calls') or a higher parallelism, and enough"
                + " read capacity on the table; if the sink is what holds it up, a faster sink. Then start the job without its"
                + " state (no savepoint) in startup mode 'initial'.");
    }

    static ReplicationStoppedException forSpeculativeExecution(Collection<String> tables) {
        return new ReplicationStoppedException("Tables "
                + String.join(", ", tables)
                + ": tables cannot be copied with speculative execution, by which two attempts of a subtask may read the same"
                + " at a time. Set 'execution.batch.speculative.enabled' = 'false' and start the job again.");
    }

    static ReplicationStoppedException forCopiesInVain(FailForCopiesInVain inVain) {
        return new ReplicationStoppedException("Table "
                + inVain.table()
                + ": changes were lost ("
                + inVain.gap().cause()
                + "): "
                + inVain.gap().cause().meaning()
                + ". "
                + inVain.gap().detail()
                + ". The table was copied "
                + inVain.copies()
                + " times in a row, with growing rests, and each copy had to be renewed before it had caught up with"
                + " the stream; so another one is not begun. The log names the cause of each. Look at the table and its"
                + " stream with 'aws dynamodb describe-table' and 'aws dynamodbstreams describe-stream': the stream has"
                + " to be ENABLED and to show an open shard, and nothing may replace the table or its stream meanwhile."
                + " Then start from the last checkpoint, or without state (no savepoint) in startup mode 'initial'.");
    }

    static ReplicationStoppedException forContradiction(FailForContradiction contradiction) {
        return new ReplicationStoppedException("Table "
                + contradiction.table()
                + ": readers and enumerator contradict each other: "
                + contradiction.detail()
                + ". Going on could lose changes. Start from the last savepoint before this; if that fails in the same way, start"
                + " without state in startup mode 'initial' and report the error.");
    }
}
