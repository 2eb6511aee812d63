/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.protocol.CopyEstimate;
import io.dynamoreplica.flink.protocol.Gap;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForContradiction;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForGap;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForRepeatedLoss;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForSlowCopies;
import io.dynamoreplica.flink.protocol.ProtocolAction.Remedy;
import io.dynamoreplica.flink.service.ReplicationException;
import io.dynamoreplica.flink.split.GapCause;
import java.time.Duration;
import java.util.Collection;
import java.util.OptionalLong;
import org.apache.flink.annotation.Internal;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * The failure of a job that needs a decision of the user. It is non-recoverable in Flink's sense: a restart would
 * fail in the same way, so the job fails immediately and is not restarted.
 */
@Internal
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class ReplicationStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ReplicationStoppedException(String message) {
        super(message);
    }

    /** Wraps a refusal that would come again at the next start. */
    public static ReplicationStoppedException of(ReplicationException refusal) {
        return new ReplicationStoppedException(refusal.getMessage());
    }

    static ReplicationStoppedException forGap(FailForGap gap) {
        return new ReplicationStoppedException("%s The replica no longer follows the table. %s"
                .formatted(lost(gap.table(), gap.cause(), gap.detail()), nextStep(gap.remedy())));
    }

    private static String lost(String table, Gap gap) {
        return lost(table, gap.cause(), gap.detail());
    }

    private static String lost(String table, GapCause cause, String detail) {
        return "Table %s: changes were lost (%s): %s. %s.".formatted(table, cause, cause.meaning(), detail);
    }

    private static String nextStep(Remedy remedy) {
        return switch (remedy) {
            case ANOTHER_POLICY ->
                """
                Set 'scan.stream.on-gap' = 'resnapshot' (the table is then copied again) or 'ignore', and start from \
                the last checkpoint. Or start the job without its state (no savepoint) in startup mode 'initial'.""";
            case COPY_AGAIN ->
                """
                Set 'scan.stream.on-gap' = 'resnapshot' (the table is then copied again), and start from the last \
                checkpoint. Or start the job without its state (no savepoint).""";
            case IGNORE_OR_COPY ->
                """
                In this startup mode the table was not copied, so it cannot be copied again. To continue without the \
                lost changes, set 'scan.stream.on-gap' = 'ignore' and start from the last checkpoint. To copy the \
                table, set 'scan.startup.mode' = 'initial' and start with or without the state.""";
            case RUN_AGAIN ->
                """
                In this startup mode the table is copied once, and as a whole: start the job again without its state \
                (no savepoint).""";
            case BRING_BACK ->
                """
                The table must be ACTIVE. If the startup mode reads the stream, the stream must be ENABLED with view \
                type NEW_AND_OLD_IMAGES or NEW_IMAGE. The endpoints and credentials must lead to this table. Correct \
                this, and start from the last checkpoint. The job then waits again, up to an hour, until the table \
                and its stream are ready.""";
        };
    }

    static ReplicationStoppedException forSlowCopies(FailForSlowCopies slow) {
        CopyEstimate copy = slow.estimate();
        OptionalLong whole = copy.wholeMillis();
        String wholeTable = whole.isEmpty()
                ? ""
                : ", so the whole table takes about %s".formatted(Duration.ofMillis(whole.getAsLong()));
        String message =
                """
                %s At least two consecutive copies were given up, and the last one was still behind when the stream \
                dropped changes that the job had not read. Another copy would be too slow as well: the last one had \
                read %d of %d segments after %s%s. The table has about %d bytes, and the stream keeps changes for 24 \
                h. Copy faster: more segments ('scan.snapshot.total-segments'), more of them at a time \
                ('scan.snapshot.segments-per-reader', 'scan.reader.concurrent-calls') or a higher parallelism, and \
                enough read capacity on the table. If the sink limits the speed, make the sink faster. Then start the \
                job without its state (no savepoint) in startup mode 'initial'.""";
        Duration sinceAnchor = Duration.ofMillis(copy.millis());
        return new ReplicationStoppedException(message.formatted(
                lost(slow.table(), slow.gap()), copy.ended(), copy.segments(), sinceAnchor, wholeTable, copy.bytes()));
    }

    static ReplicationStoppedException forSpeculativeExecution(Collection<String> tables) {
        return new ReplicationStoppedException(
                """
                Tables %s: a table cannot be copied with speculative execution, because two attempts of a subtask \
                could read the same segments at the same time. Set 'execution.batch.speculative.enabled' = 'false' and \
                start the job again."""
                        .formatted(String.join(", ", tables)));
    }

    static ReplicationStoppedException forRepeatedLoss(FailForRepeatedLoss loss) {
        return new ReplicationStoppedException(
                """
                %s The copy was renewed %d times, with growing pauses, and changes were lost each time before the \
                renewed copy had caught up with the stream. So the job does not begin another copy. The log names the \
                cause of each loss. Look at the table and its stream with 'aws dynamodb describe-table' and 'aws \
                dynamodbstreams describe-stream': the stream has to be ENABLED and to show an open shard, and nothing \
                may replace the table or its stream during a copy. Then start from the last checkpoint, or without \
                state (no savepoint) in startup mode 'initial'."""
                        .formatted(lost(loss.table(), loss.gap()), loss.renewals()));
    }

    static ReplicationStoppedException forContradiction(FailForContradiction contradiction) {
        return new ReplicationStoppedException(
                """
                Table %s: the readers and the enumerator contradict each other: %s. If the job continued, changes \
                could be lost. Start from the last savepoint before this failure. If that fails in the same way, start \
                without state (no savepoint) in startup mode 'initial', and report the error."""
                        .formatted(contradiction.table(), contradiction.detail()));
    }
}
