/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.split.GapCause;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.Shard;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An event on which the protocol decides. Times are DynamoDB's, in milliseconds since 1970.
 */
public sealed interface ProtocolEvent {

    /** An event that changes the state of one table. Ignored if the table is not replicated. */
    sealed interface TableEvent extends ProtocolEvent {
        String table();
    }

    /** An event of one reader. It concerns every table of which the reader has splits. */
    sealed interface ReaderEvent extends ProtocolEvent {
        int subtask();
    }

    /** An event of the whole job. */
    sealed interface JobEvent extends ProtocolEvent {}

    /** Returns whether this is the report of a new attempt of the reader. */
    default boolean isReportOf(int subtask) {
        return this instanceof ReaderReported reported && reported.subtask() == subtask;
    }

    /** The enumerator starts, for the first time or after a restore. */
    record Started() implements JobEvent {}

    /** It is time to look at the tables and their streams again. */
    record DiscoveryDue() implements JobEvent {}

    /** The enumerator's state is about to be stored in this checkpoint or savepoint. */
    record CheckpointStarted(long checkpointId) implements JobEvent {}

    /** This checkpoint or savepoint has completed. */
    record CheckpointCompleted(long checkpointId) implements JobEvent {}

    /** The time asked for by {@link ProtocolAction.LimitWait} has passed. */
    record WaitedLongEnough(String splitId) implements JobEvent {}

    /** A new attempt of a reader reports what it was restored with. */
    record ReaderReported(int subtask, List<ReplicationSplit> held, List<ReplicationSplit> finished)
            implements ReaderEvent {

        Stream<ReplicationSplit> all() {
            return Stream.concat(held.stream(), finished.stream());
        }
    }

    /** A reader has failed. It is not known yet which of its splits come back. */
    record ReaderLost(int subtask) implements ReaderEvent {}

    /**
     * A reader goes back to the last completed checkpoint, and the splits that were assigned to it
     * since then come back.
     */
    record ReaderReset(int subtask, List<ReplicationSplit> returned) implements ReaderEvent {}

    /** A reader has emitted everything in these splits. */
    record SplitsEnded(int subtask, List<ReplicationSplit> splits) implements ReaderEvent {}

    /** A reader has dropped its splits of this table up to and including this epoch. */
    record SplitsWithdrawn(int subtask, String table, long epoch) implements TableEvent {}

    /**
     * DynamoDB has described the table.
     *
     * @param verification the number from {@link ProtocolAction.Describe}
     * @param description the answer of DynamoDB
     */
    record TableDescribed(String table, long verification, Description description) implements TableEvent {}

    /**
     * The answer of DescribeTable.
     *
     * @param identity the table's id and the ARN of its stream; the ARN is empty if the table never
     *     had a stream
     * @param readable whether the table can be scanned; it cannot while it is created or restored
     * @param streamUnfit why the stream cannot be followed and what to do about it, for a message;
     *     empty if it can be followed. It has no meaning for a table whose stream is not read
     * @param bytes the table's size
     */
    record Description(
            TableState.Identity identity, boolean readable, Optional<String> streamUnfit, long bytes, long time) {}

    /**
     * The table, or a stream of it, does not exist any more.
     *
     * @param streamArn the stream that was asked for; empty if the table itself was
     */
    record TableGone(String table, String streamArn, String detail) implements TableEvent {}

    /**
     * DynamoDB has given a complete listing of the stream's shards.
     *
     * @param enabled whether the stream is ENABLED
     */
    record ShardsListed(String table, String streamArn, boolean enabled, List<Shard> shards, long time)
            implements TableEvent {}

    /** DynamoDB has given or refused an iterator for a shard that is no longer listed. */
    record ShardProbed(String table, String shardId, boolean refused) implements TableEvent {}

    /**
     * The time asked for by {@link ProtocolAction.WakeAfter} has passed.
     *
     * @param epoch the epoch in the action
     * @param phase the phase in the action
     */
    record Woken(String table, long epoch, Phase phase) implements TableEvent {}

    /**
     * It is time for the next copy of a table that is copied on a schedule.
     *
     * @param epoch of the copy before, so that the timer of an earlier copy can be told apart
     */
    record CopyDue(String table, long epoch) implements TableEvent {}

    /**
     * A reader has read no record of a shard yet, and DynamoDB gives none.
     *
     * @param split the shard as the reader has it
     * @param detail the answer of DynamoDB
     */
    record NothingGiven(int subtask, ShardSplit split, String detail) implements TableEvent {
        @Override
        public String table() {
            return split.table();
        }
    }

    /**
     * A reader needs records that the stream no longer keeps.
     *
     * @param split the shard as the reader has it
     */
    record GapReported(ShardSplit split, GapCause cause, String detail) implements TableEvent {
        @Override
        public String table() {
            return split.table();
        }
    }
}
