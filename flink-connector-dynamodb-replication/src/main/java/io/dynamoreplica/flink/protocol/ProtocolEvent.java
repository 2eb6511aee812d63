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
import org.apache.flink.annotation.Internal;

/** What can happen. Times are DynamoDB's, in milliseconds since 1970. */
@Internal
public sealed interface ProtocolEvent {

    /** The enumerator starts, for the first time or after a restore. */
    record Started() implements ProtocolEvent {}

    /** A new attempt of a reader says what it was restored with. */
    record ReaderReported(int subtask, List<ReplicationSplit> held, List<ReplicationSplit> finished)
            implements ProtocolEvent {

        Stream<ReplicationSplit> all() {
            return Stream.concat(held.stream(), finished.stream());
        }
    }

    /** A reader is gone; what it had is not known to come back yet. */
    record ReaderLost(int subtask) implements ProtocolEvent {}

    /**
     * A reader goes back to the last completed checkpoint, and the splits that it was given since
     * come back.
     */
    record ReaderReset(int subtask, List<ReplicationSplit> returned) implements ProtocolEvent {}

    /** A reader has emitted everything in these splits. */
    record SplitsEnded(int subtask, List<ReplicationSplit> splits) implements ProtocolEvent {}

    /** A reader has dropped what it had of this table up to and with this epoch. */
    record SplitsWithdrawn(int subtask, String table, long epoch) implements ProtocolEvent {}

    /** The enumerator's state is about to be stored in this checkpoint or savepoint. */
    record CheckpointStarted(long checkpointId) implements ProtocolEvent {}

    record CheckpointCompleted(long checkpointId) implements ProtocolEvent {}

    /**
     * @param verification as the action said
     * @param description what DynamoDB answered
     */
    record TableDescribed(String table, long verification, Description description) implements ProtocolEvent {}

    /**
     * @param identity the table's id and the ARN of its stream; the ARN is empty if it never had
     *     one
     * @param readable whether the table can be scanned; not while it is created or restored
     * @param streamUnfit why the stream cannot be followed, and what to do, for a message; empty if
     *     it can. Of no meaning for a table that is only copied
     * @param bytes the table's size
     */
    record Description(
            TableState.Identity identity, boolean readable, Optional<String> streamUnfit, long bytes, long time) {}

    /**
     * The table, or a stream of it, does not exist any more.
     *
     * @param streamArn the stream that was asked for; empty if the table itself was
     */
    record TableGone(String table, String streamArn, String detail) implements ProtocolEvent {}

    /**
     * A complete listing.
     *
     * @param enabled whether the stream is ENABLED
     */
    record ShardsListed(String table, String streamArn, boolean enabled, List<Shard> shards, long time)
            implements ProtocolEvent {}

    /**
     * The time asked for by {@link ProtocolAction.WakeAfter} has passed.
     *
     * @param epoch as the action said
     * @param phase as the action said
     */
    record Woken(String table, long epoch, Phase phase) implements ProtocolEvent {}

    /** The time asked for by {@link ProtocolAction.LimitWait} has passed. */
    record WaitedLongEnough(String splitId) implements ProtocolEvent {}

    /**
     * It is time for the copy after this one.
     *
     * @param epoch of the copy that was made, so that a timer of an earlier one is told apart
     */
    record CopyDue(String table, long epoch) implements ProtocolEvent {}

    /** It is time to look at the tables and their streams again. */
    record DiscoveryDue() implements ProtocolEvent {}

    /** What became of an iterator for a shard that is listed no more. */
    record ShardProbed(String table, String shardId, boolean refused) implements ProtocolEvent {}

    /**
     * A reader has read no record of a shard yet, and DynamoDB gives none.
     *
     * @param split as the reader has it
     * @param detail what DynamoDB answered
     */
    record NothingGiven(int subtask, ShardSplit split, String detail) implements ProtocolEvent {}

    /** A reader met the end of what the stream keeps. */
    record GapReported(ShardSplit split, GapCause cause, String detail) implements ProtocolEvent {}
}
