/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.config.ConnectorVersion;
import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.protocol.EnumeratorState;
import io.dynamoreplica.flink.protocol.Protocol;
import io.dynamoreplica.flink.protocol.ProtocolAction;
import io.dynamoreplica.flink.protocol.ProtocolEvent;
import io.dynamoreplica.flink.protocol.ProtocolState;
import io.dynamoreplica.flink.protocol.TableRules;
import io.dynamoreplica.flink.protocol.Transition;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.split.GapFound;
import io.dynamoreplica.flink.split.NothingGiven;
import io.dynamoreplica.flink.split.ReaderReport;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.SplitsFinished;
import io.dynamoreplica.flink.split.SplitsWithdrawn;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SupportsHandleExecutionAttemptSourceEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flink's side of the decisions. Every method runs in the coordinator thread.
 *
 * <p>The protocol gives splits only to readers that have reported, and a reader reports in its
 * first turn; so {@link #addReader} has nothing to do.
 */
@Internal
public final class ReplicationEnumerator
        implements SplitEnumerator<ReplicationSplit, EnumeratorState>, SupportsHandleExecutionAttemptSourceEvent {

    /**
     * From the completion of a stop's savepoint to the end of the tasks pass some tens of
     * milliseconds; chosen well above.
     */
    static final Duration TIME_TO_STOP = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(ReplicationEnumerator.class);

    private static final String VERSION = ConnectorVersion.get();

    private final SplitEnumeratorContext<ReplicationSplit> context;
    private final Protocol protocol;
    private final ControlCalls calls;
    private final ActionRunner runner;
    private final PhaseLog phaseLog;
    private final FenceWatch fences;
    private final CopiedTables copied;
    private final OpenShardWatch openShards = new OpenShardWatch();
    private final Duration discoveryInterval;
    private final Map<String, Long> retired;

    private final Set<Integer> present = new HashSet<>();
    private ProtocolState state;

    /**
     * @param service closed with the enumerator
     * @param restored the tables of a checkpoint; none for a job that begins
     */
    public ReplicationEnumerator(
            SplitEnumeratorContext<ReplicationSplit> context,
            ReplicationConfig config,
            DynamoDbService service,
            EnumeratorState restored) {
        this(context, config, service, restored, new FenceWatch());
    }

    ReplicationEnumerator(
            SplitEnumeratorContext<ReplicationSplit> context,
            ReplicationConfig config,
            DynamoDbService service,
            EnumeratorState restored,
            FenceWatch fences) {
        LastingMetrics scope = LastingMetrics.of(context.metricGroup());
        List<TableRules> rules = ConfiguredRules.of(config);
        RestoredTables tables = new RestoredTables(restored, rules);
        tables.log();
        this.context = context;
        this.retired = tables.retired();
        this.protocol = new Protocol(rules);
        this.state = protocol.initial(restored, context.currentParallelism());
        this.calls = new ControlCalls(
                new ControlThreads(scope.counter("failedControlCalls"), this::fail),
                service,
                new Admission(config, service, tables.unchanged()),
                this::answer,
                this::fail);
        this.runner = new ActionRunner(
                context, calls, new GapLog(scope, state.tables().keySet()), new CopyTimes(config, Clock.systemUTC()));
        this.phaseLog = new PhaseLog(scope, context.metricGroup(), fences);
        this.fences = fences;
        this.copied = CopiedTables.of(context.metricGroup());
        this.discoveryInterval = config.job().discoveryInterval();
    }

    @Override
    public void start() {
        LOG.info("DynamoDB replication connector {} starts on the JobManager.", VERSION);
        handle(new ProtocolEvent.Started());
        calls.every(discoveryInterval, new ProtocolEvent.DiscoveryDue());
        calls.every(FenceWatch.LOOK, this::lookAtFences);
    }

    @Override
    public void handleSplitRequest(int subtaskId, String requesterHostname) {
        throw new UnsupportedOperationException("Reader "
                + subtaskId
                + " asks for a split, which readers of this source never do. In a HybridSource, Flink has sent the reader back to"
                + " an earlier source after a failure; a restart of the whole job, which follows now, mends that.");
    }

    @Override
    public void addReader(int subtaskId) {
        present.add(subtaskId);
    }

    @Override
    public void addSplitsBack(List<ReplicationSplit> splits, int subtaskId) {
        handle(new ProtocolEvent.ReaderReset(subtaskId, splits));
    }

    @Override
    public void handleSourceEvent(int subtaskId, SourceEvent event) {
        if (event instanceof ReaderReport report) {
            handle(new ProtocolEvent.ReaderReported(subtaskId, report.held(), report.finished()));
        } else if (event instanceof SplitsFinished finished) {
            handle(new ProtocolEvent.SplitsEnded(subtaskId, finished.splits()));
        } else if (event instanceof SplitsWithdrawn withdrawn) {
            handle(new ProtocolEvent.SplitsWithdrawn(subtaskId, withdrawn.table(), withdrawn.epoch()));
        } else if (event instanceof GapFound gap) {
            handle(new ProtocolEvent.GapReported(gap.split(), gap.cause(), gap.detail()));
        } else if (event instanceof NothingGiven nothing) {
            handle(new ProtocolEvent.NothingGiven(subtaskId, nothing.split(), nothing.detail()));
        } else {
            throw new IllegalArgumentException("Unknown message from reader " + subtaskId + ": " + event);
        }
    }

    /**
     * Called in place of {@link #handleSourceEvent(int, SourceEvent)} where several attempts of a
     * subtask may run at a time. Refused at the first word of a reader: what attempts say of the
     * same splits would have to be told apart.
     */
    @Override
    public void handleSourceEvent(int subtaskId, int attemptNumber, SourceEvent event) {
        throw ReplicationStoppedException.forSpeculativeExecution(state.tables().keySet());
    }

    @Override
    public EnumeratorState snapshotState(long checkpointId) {
        handle(new ProtocolEvent.CheckpointStarted(checkpointId));
        return new EnumeratorState(state.tables(), retired);
    }

    /**
     * Not acted upon at once: a stop with a savepoint completes it while the tasks are about to
     * finish, and Flink turns a message that finds a task finished into a failure of the stop. A
     * completion that is heard late is as true as before.
     */
    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        calls.after(TIME_TO_STOP, new ProtocolEvent.CheckpointCompleted(checkpointId));
    }

    @Override
    public void close() {
        calls.close();
    }

    /** Called by control threads. */
    private void answer(ProtocolEvent event) {
        inCoordinatorThread(() -> handle(event));
    }

    /** Called by the timer: while a table waits for a checkpoint, nothing else may happen. */
    private void lookAtFences() {
        inCoordinatorThread(() -> fences.look(state.tables().values()));
    }

    /** Called by control threads; a failure in the coordinator thread fails the job. */
    private void fail(RuntimeException failure) {
        inCoordinatorThread(() -> {
            throw failure;
        });
    }

    /** An answer can come after Flink has closed the coordinator's thread, just before ours. */
    private void inCoordinatorThread(Runnable task) {
        try {
            context.runInCoordinatorThread(task);
        } catch (RejectedExecutionException closed) {
            LOG.debug("The coordinator is closed, so nothing is decided any more");
        }
    }

    private void handle(ProtocolEvent event) {
        noticeLostReaders();
        apply(event);
    }

    /**
     * Flink says nothing when an attempt of a reader fails, until it is reset; by then something
     * may have been assigned to it.
     */
    private void noticeLostReaders() {
        List<Integer> lost = present.stream()
                .filter(subtask -> !context.registeredReaders().containsKey(subtask))
                .toList();
        for (int subtask : lost) {
            present.remove(subtask);
            apply(new ProtocolEvent.ReaderLost(subtask));
        }
    }

    private void apply(ProtocolEvent event) {
        if (event instanceof ProtocolEvent.ShardsListed listing) {
            openShards.look(listing);
        }
        Transition step = protocol.step(state, event);
        phaseLog.moved(state, step.state());
        fences.look(step.state().tables().values());
        state = step.state();
        copied.look(state.tables().values());
        for (ProtocolAction action : step.actions()) {
            runner.run(action, Urgency.of(event));
        }
    }
}
