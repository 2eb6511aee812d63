/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.engine;

import io.dynamoreplica.flink.protocol.ProtocolAction;
import io.dynamoreplica.flink.protocol.ProtocolEvent;
import io.dynamoreplica.flink.reader.cursor.SplitCall;
import io.dynamoreplica.flink.service.StreamRecord;
import io.dynamoreplica.flink.simulation.engine.Element.Change;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.Optional;

/** An event that checkers see when it happens, before it takes effect. */
public sealed interface Observation {

    /** A reader makes a call for a split. The split is the one that the reader received. */
    record Called(int subtask, ReplicationSplit split, SplitCall call) implements Observation {}

    /**
     * A reader emits a record, or drops it.
     *
     * @param split the split before the record
     */
    record Passing(int subtask, ShardSplit split, StreamRecord record, boolean dropped) implements Observation {}

    /** A reader has emitted a split completely. The split is the one before its end. */
    record Ending(int subtask, ReplicationSplit split) implements Observation {}

    /** A sink applies a change to the row that all sinks together hold. */
    record Applied(int sink, Change change, Optional<Replicated> before) implements Observation {}

    /** The enumerator makes a call; {@code operation} is DynamoDB's name for it. */
    record ControlCall(String operation, String table) implements Observation {}

    /** The protocol receives an event. */
    record Heard(ProtocolEvent event) implements Observation {}

    /** The protocol requests an action. */
    record Acting(ProtocolAction action) implements Observation {}

    /** A reader's call can never succeed, so the task fails. */
    record TaskFailed(int subtask, String message) implements Observation {}

    /** An event that Flink would treat as a failure of the source itself. */
    record Misused(String what) implements Observation {}
}
