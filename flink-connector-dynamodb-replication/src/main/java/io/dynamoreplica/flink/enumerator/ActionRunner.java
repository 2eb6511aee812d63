/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.protocol.ProtocolAction;
import io.dynamoreplica.flink.protocol.ProtocolAction.Assign;
import io.dynamoreplica.flink.protocol.ProtocolAction.AwaitNextCopy;
import io.dynamoreplica.flink.protocol.ProtocolAction.Describe;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForContradiction;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForGap;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForRepeatedLoss;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForSlowCopies;
import io.dynamoreplica.flink.protocol.ProtocolAction.Forget;
import io.dynamoreplica.flink.protocol.ProtocolAction.LimitWait;
import io.dynamoreplica.flink.protocol.ProtocolAction.ListShards;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoMoreSplits;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoteGap;
import io.dynamoreplica.flink.protocol.ProtocolAction.NotePause;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoteUnfit;
import io.dynamoreplica.flink.protocol.ProtocolAction.Probe;
import io.dynamoreplica.flink.protocol.ProtocolAction.SendEpochEnded;
import io.dynamoreplica.flink.protocol.ProtocolAction.SendNothingToRead;
import io.dynamoreplica.flink.protocol.ProtocolAction.SendShardClosed;
import io.dynamoreplica.flink.protocol.ProtocolAction.SetBacklog;
import io.dynamoreplica.flink.protocol.ProtocolAction.WakeAfter;
import io.dynamoreplica.flink.protocol.ProtocolAction.Withdraw;
import io.dynamoreplica.flink.protocol.ProtocolEvent;
import io.dynamoreplica.flink.split.EpochEnded;
import io.dynamoreplica.flink.split.ForgetFinished;
import io.dynamoreplica.flink.split.NothingToRead;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ShardClosed;
import io.dynamoreplica.flink.split.WithdrawSplits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of the enumerator that carries out the protocol's actions, in the coordinator thread. */
final class ActionRunner {

    private static final Logger LOG = LoggerFactory.getLogger(ActionRunner.class);

    private final SplitEnumeratorContext<ReplicationSplit> context;
    private final ControlCalls calls;
    private final GapLog gaps;
    private final CopyTimes copyTimes;

    ActionRunner(
            SplitEnumeratorContext<ReplicationSplit> context, ControlCalls calls, GapLog gaps, CopyTimes copyTimes) {
        this.context = context;
        this.calls = calls;
        this.gaps = gaps;
        this.copyTimes = copyTimes;
    }

    /**
     * @param urgency of the calls that the action needs
     */
    void run(ProtocolAction action, Urgency urgency) {
        if (action instanceof Assign assign) {
            LOG.info("Assigning {} to reader {}", ids(assign.splits()), assign.subtask());
            context.assignSplits(new SplitsAssignment<>(Map.of(assign.subtask(), assign.splits())));
        } else if (action instanceof Forget forget) {
            context.sendEventToSourceReader(forget.subtask(), new ForgetFinished(forget.splitIds()));
        } else if (action instanceof Withdraw withdraw) {
            context.sendEventToSourceReader(withdraw.subtask(), new WithdrawSplits(withdraw.table(), withdraw.epoch()));
        } else if (action instanceof SendEpochEnded end) {
            context.sendEventToSourceReader(end.subtask(), new EpochEnded(end.table(), end.epoch(), end.begun()));
        } else if (action instanceof SendNothingToRead idle) {
            context.sendEventToSourceReader(idle.subtask(), new NothingToRead());
        } else if (action instanceof SendShardClosed closed) {
            context.sendEventToSourceReader(closed.subtask(), new ShardClosed(closed.splitId()));
        } else if (action instanceof NoMoreSplits noMore) {
            context.signalNoMoreSplits(noMore.subtask());
        } else if (action instanceof SetBacklog backlog) {
            context.setIsProcessingBacklog(backlog.backlog());
        } else if (action instanceof NoteGap gap) {
            gaps.note(gap);
        } else if (action instanceof NoteUnfit unfit) {
            gaps.note(unfit);
        } else if (action instanceof NotePause pause) {
            gaps.note(pause);
        } else if (action instanceof FailForRepeatedLoss loss) {
            throw ReplicationStoppedException.forRepeatedLoss(loss);
        } else if (action instanceof FailForSlowCopies slow) {
            throw ReplicationStoppedException.forSlowCopies(slow);
        } else if (action instanceof FailForGap gap) {
            throw ReplicationStoppedException.forGap(gap);
        } else if (action instanceof FailForContradiction contradiction) {
            throw ReplicationStoppedException.forContradiction(contradiction);
        } else {
            call(action, urgency);
        }
    }

    private void call(ProtocolAction action, Urgency urgency) {
        if (action instanceof Describe describe) {
            calls.describe(describe, urgency);
        } else if (action instanceof ListShards list) {
            calls.listShards(list, urgency);
        } else if (action instanceof Probe probe) {
            calls.probe(probe.split(), urgency);
        } else if (action instanceof AwaitNextCopy next) {
            calls.after(copyTimes.until(next), new ProtocolEvent.CopyDue(next.table(), next.epoch()));
        } else if (action instanceof WakeAfter wake) {
            calls.after(
                    Duration.ofMillis(wake.delay()), new ProtocolEvent.Woken(wake.table(), wake.epoch(), wake.phase()));
        } else if (action instanceof LimitWait limit) {
            LOG.info(
                    "{} waits for a checkpoint, {} ms at most: the reader of its parent has clearly more shards than another reader",
                    limit.splitId(),
                    limit.delay());
            calls.after(Duration.ofMillis(limit.delay()), new ProtocolEvent.WaitedLongEnough(limit.splitId()));
        } else {
            throw new IllegalStateException("The enumerator has no code for the action %s".formatted(action));
        }
    }

    private static List<String> ids(List<ReplicationSplit> splits) {
        return splits.stream().map(ReplicationSplit::splitId).toList();
    }
}
