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
import org.apache.flink.annotation.Internal;

/** What is to be done. Durations are in milliseconds. */
@Internal
public sealed interface ProtocolAction {

    /** Give these splits to a reader that has reported. */
    record Assign(int subtask, List<ReplicationSplit> splits) implements ProtocolAction {}

    /** Tell a reader that it need not keep these ends any longer. */
    record Forget(int subtask, List<String> splitIds) implements ProtocolAction {}

    /**
     * Tell a reader to drop what it has of this table up to and with this epoch; answered with
     * {@link ProtocolEvent.SplitsWithdrawn}.
     */
    record Withdraw(int subtask, String table, long epoch) implements ProtocolAction {}

    /**
     * Tell a reader that a copy is complete. Said to every reader, and again to each new attempt of
     * one: messages can be lost.
     *
     * @param begun when the copy was begun, milliseconds since 1970 on DynamoDB's clock
     */
    record AnnounceEnd(int subtask, String table, long epoch, long begun) implements ProtocolAction {}

    /** Tell a reader without a split that it must not hold back the watermark. */
    record MarkIdle(int subtask) implements ProtocolAction {}

    /**
     * Tell a reader that no record will be added to the shard of this split, and none that is
     * needed was lost.
     */
    record TellClosed(int subtask, String splitId) implements ProtocolAction {}

    /** Tell a reader that it can finish once it has read what it has. */
    record NoMoreSplits(int subtask) implements ProtocolAction {}

    record SetBacklog(boolean backlog) implements ProtocolAction {}

    /**
     * Describe the table; answer with {@link ProtocolEvent.TableDescribed}.
     *
     * @param verification to be repeated in the answer, so that one asked for earlier does not pass
     *     for this one
     */
    record Describe(String table, long verification) implements ProtocolAction {

        /** Asked whenever it is time to look. */
        static final long ANY = 0;

        /** Asked because DescribeStream says that the stream is not enabled. */
        static final long STREAM_IS_OFF = -1;

        static final String SAYS_STREAM_IS_OFF = "DescribeStream says that the stream is not enabled";
    }

    /**
     * List the stream's shards after a delay; answer with {@link ProtocolEvent.ShardsListed}. One
     * at a time will do.
     */
    record ListShards(String table, String streamArn, long delay) implements ProtocolAction {}

    /**
     * Ask for an iterator at the split's position; answer with {@link ProtocolEvent.ShardProbed}.
     */
    record Probe(ShardSplit split) implements ProtocolAction {}

    /**
     * Answer with {@link ProtocolEvent.Woken} after a delay.
     *
     * @param epoch to be repeated in the answer, as the phase is: the table may have moved on and
     *     be waiting anew, by then
     * @param phase what the table waits in
     */
    record WakeAfter(String table, long epoch, Phase phase, long delay) implements ProtocolAction {}

    /**
     * A shard waits for a checkpoint, so that another reader than its parent's can have it. Answer
     * with {@link ProtocolEvent.WaitedLongEnough} after a delay.
     */
    record LimitWait(String splitId, long delay) implements ProtocolAction {}

    /**
     * The table has been copied; answer with {@link ProtocolEvent.CopyDue} when its schedule says
     * so, at once if that time has passed.
     *
     * @param begun when the copy was begun, milliseconds since 1970 on DynamoDB's clock
     */
    record AwaitNextCopy(String table, long epoch, long begun) implements ProtocolAction {}

    /**
     * Changes were lost. Said once for each loss, whatever is done about it.
     *
     * @param policy what is done about it
     */
    record NoteGap(String table, Gap gap, GapPolicy policy) implements ProtocolAction {}

    /**
     * A table that is to be replicated on cannot be now, and will be looked at again.
     *
     * @param times how often in a row it was found so
     */
    record NoteUnfit(String table, GapCause cause, String detail, int times) implements ProtocolAction {}

    /**
     * The next copy begins only after a rest, because copies before it came to nothing.
     *
     * @param copies how many in a row, with the next one
     * @param rest milliseconds
     */
    record NoteRest(String table, int copies, long rest) implements ProtocolAction {}

    /**
     * Copy after copy was renewed before it had caught up with the stream.
     *
     * @param gap the last of the losses
     * @param copies how many in a row
     */
    record FailForCopiesInVain(String table, Gap gap, int copies) implements ProtocolAction {}

    /** Changes were lost, and replication stops. */
    record FailForGap(String table, GapCause cause, String detail, Remedy remedy) implements ProtocolAction {}

    /** What gets a table that stopped going again. */
    enum Remedy {
        /** A copy again, or going on without what was lost; the policy says neither. */
        ANOTHER_POLICY,
        /** A copy again: without a stream there is nothing else to go on with. */
        COPY_AGAIN,
        /** The policy has no copy to renew: going on without what was lost, or a first copy. */
        IGNORE_OR_COPY,
        /** A job that copies once is run again as a whole. */
        RUN_AGAIN,
        /** The table or its stream has to be there. */
        BRING_BACK
    }

    /**
     * Copy after copy was outrun by the stream: another one would be, too.
     *
     * @param estimate how long the last one would have taken
     */
    record FailForSlowCopies(String table, Gap gap, CopyEstimate estimate) implements ProtocolAction {}

    /** What readers and enumerator say contradicts itself: going on could lose changes. */
    record FailForContradiction(String table, String detail) implements ProtocolAction {}
}
