/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.split.GapCause;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.List;

/** What is to be done. Durations are in milliseconds. */
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

    /** Tell a reader that it can finish once it has read what it has. */
    record NoMoreSplits(int subtask) implements ProtocolAction {}

    record SetBacklog(boolean backlog) implements ProtocolAction {}

    /**
     * Describe the table; answer with {@link ProtocolEvent.TableDescribed}.
     *
     * @param verification to be repeated in the answer, so that one asked for earlier does not pass
     *     for this one
     */
    record Describe(String table, long verification) implements ProtocolAction {}

    /**
     * List the stream's shards after a delay; answer with {@link ProtocolEvent.ShardsListed}. One
     * at a time will do.
     */
    record ListShards(String table, String streamArn, long delay) implements ProtocolAction {}

    /**
     * Ask for an iterator at the split's position; answer with {@link ProtocolEvent.ShardProbed}.
     */
    record Probe(ShardSplit split) implements ProtocolAction {}

    /** Answer with {@link ProtocolEvent.Woken} after a delay. */
    record WakeAfter(String table, long delay) implements ProtocolAction {}

    /** Changes were lost, and the policy is to stop. */
    record FailForGap(String table, GapCause cause, String detail) implements ProtocolAction {}

    /** What readers and enumerator say contradicts itself: going on could lose changes. */
    record FailForContradiction(String table, String detail) implements ProtocolAction {}
}
