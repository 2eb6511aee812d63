/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.split.GapCause;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.List;

/** An action of the enumerator. Durations are in milliseconds. */
public sealed interface ProtocolAction {

    /** Assign these splits to a reader that has reported. */
    record Assign(int subtask, List<ReplicationSplit> splits) implements ProtocolAction {}

    /** Tell a reader that it may forget the ends of these splits. */
    record Forget(int subtask, List<String> splitIds) implements ProtocolAction {}

    /**
     * Tell a reader to drop its splits of this table up to and including this epoch; the reader
     * answers with {@link ProtocolEvent.SplitsWithdrawn}.
     */
    record Withdraw(int subtask, String table, long epoch) implements ProtocolAction {}

    /**
     * Tell a reader that a copy is complete. Every reader is told, and so is each new attempt of a
     * reader, because messages can be lost.
     *
     * @param begun when the copy began, milliseconds since 1970 on DynamoDB's clock
     */
    record SendEpochEnded(int subtask, String table, long epoch, long begun) implements ProtocolAction {}

    /** Tell a reader without a split that it must not hold back the watermark. */
    record SendNothingToRead(int subtask) implements ProtocolAction {}

    /**
     * Tell a reader that no record will be added to the shard of this split, and that no record was
     * lost that is needed.
     */
    record SendShardClosed(int subtask, String splitId) implements ProtocolAction {}

    /** Tell a reader that no more splits will come, so that it finishes after its last split. */
    record NoMoreSplits(int subtask) implements ProtocolAction {}

    /** Tell Flink whether there is a backlog. */
    record SetBacklog(boolean backlog) implements ProtocolAction {}

    /**
     * Describe the table; answer with {@link ProtocolEvent.TableDescribed}.
     *
     * @param verification is repeated in the answer, so that an earlier answer is not taken for this
     *     one
     */
    record Describe(String table, long verification) implements ProtocolAction {

        /** The description is asked for because a phase needs one, or because a discovery is due. */
        static final long ANY = 0;

        /** The description is asked for because DescribeStream shows that the stream is not enabled. */
        static final long STREAM_IS_OFF = -1;

        static final String SAYS_STREAM_IS_OFF = "DescribeStream says that the stream is not enabled";
    }

    /**
     * List the stream's shards after a delay; answer with {@link ProtocolEvent.ShardsListed}. If
     * several listings are asked for, one at a time is enough.
     */
    record ListShards(String table, String streamArn, long delay) implements ProtocolAction {}

    /**
     * Ask for an iterator at the split's position; answer with {@link ProtocolEvent.ShardProbed}.
     */
    record Probe(ShardSplit split) implements ProtocolAction {}

    /**
     * Answer with {@link ProtocolEvent.Woken} after a delay.
     *
     * @param epoch is repeated in the answer, like the phase: by then the table may have moved on and
     *     may wait for something else
     * @param phase the phase in which the table waits
     */
    record WakeAfter(String table, long epoch, Phase phase, long delay) implements ProtocolAction {}

    /**
     * Limit the time for which a shard waits for a checkpoint. The shard waits so that another reader
     * than its parent's can have it. Answer with {@link ProtocolEvent.WaitedLongEnough} after a delay.
     */
    record LimitWait(String splitId, long delay) implements ProtocolAction {}

    /**
     * Wait for the next copy of a table. Answer with {@link ProtocolEvent.CopyDue} when the table's
     * schedule says so, or immediately if that time has passed.
     *
     * @param begun when the last copy began, milliseconds since 1970 on DynamoDB's clock
     */
    record AwaitNextCopy(String table, long epoch, long begun) implements ProtocolAction {}

    /**
     * Log and count a gap. Each gap is noted once, under every policy.
     *
     * @param policy what is done about the gap
     */
    record NoteGap(String table, Gap gap, GapPolicy policy) implements ProtocolAction {}

    /**
     * Log that the replication of a table cannot continue now, and that the table will be described
     * again.
     *
     * @param times how many consecutive times the table was found unfit
     */
    record NoteUnfit(String table, GapCause cause, String detail, int times) implements ProtocolAction {}

    /**
     * Log that the next copy begins only after a pause, because the copies before it were given up.
     *
     * @param renewals how many consecutive copies renew another one, the next one included
     * @param pause milliseconds
     */
    record NotePause(String table, int renewals, long pause) implements ProtocolAction {}

    /**
     * Fail the job: several copies, one after the other, were given up before they had caught up with
     * the stream.
     *
     * @param gap the gap because of which the last copy was given up
     * @param renewals how many consecutive renewals were given up
     */
    record FailForRepeatedLoss(String table, Gap gap, int renewals) implements ProtocolAction {}

    /** Fail the job because changes were lost. */
    record FailForGap(String table, GapCause cause, String detail, Remedy remedy) implements ProtocolAction {}

    /** The next step of a user, so that the replication of the table continues. */
    enum Remedy {
        /** Set another policy: to copy the table again, or to continue without the lost changes. */
        ANOTHER_POLICY,
        /** Set the policy to copy the table again. A table without a stream allows nothing else. */
        COPY_AGAIN,
        /**
         * Set the policy to continue without the lost changes, or another startup mode to copy the
         * table. The table was never copied, so no copy can be renewed.
         */
        IGNORE_OR_COPY,
        /** Run the job again, because it copies the table only once. */
        RUN_AGAIN,
        /** Bring back the table or its stream. */
        BRING_BACK
    }

    /**
     * Fail the job: several copies, one after the other, took so long that the stream dropped changes
     * before the job read them. This would happen to the next copy, too.
     *
     * @param estimate how long the last copy would have taken
     */
    record FailForSlowCopies(String table, Gap gap, CopyEstimate estimate) implements ProtocolAction {}

    /** Fail the job because readers and enumerator contradict each other, so that changes can get lost. */
    record FailForContradiction(String table, String detail) implements ProtocolAction {}
}
