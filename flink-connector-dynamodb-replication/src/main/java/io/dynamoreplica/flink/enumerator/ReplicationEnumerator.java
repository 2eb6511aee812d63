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
 * The adapter between Flink's callbacks and the decisions of the {@link Protocol}.
 *
 * <p>Threads:
 *
 * <ul>
 *   <li>Flink's coordinator thread runs every callback, from {@link #start} on, and alone uses the state.
 *   <li>Control threads call DynamoDB. The timer's thread runs delayed and repeated tasks. Both hand events, failures
 *       and checks of fences to the coordinator thread.
 *   <li>Flink runs the constructor before the coordinator thread begins, and {@link #close} after it has ended, both in
 *       threads of its own.
 * </ul>
 *
 * <p>The protocol assigns splits only to readers that have reported. A reader reports when it begins, so {@link
 * #addReader} assigns nothing.
 */
@Internal
public final class ReplicationEnumerator
        implements SplitEnumerator<ReplicationSplit, EnumeratorState>, SupportsHandleExecutionAttemptSourceEvent {

    /**
     * When a job stops with a savepoint, its tasks end some tens of milliseconds after the completion of the savepoint.
     * Chosen well above that.
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
    private final CopyProgress copyProgress;
    private final CopiedTables copied;
    private final OpenShardWatch openShards = new OpenShardWatch();
    private final Duration discoveryInterval;
    private final Map<String, Long> retired;

    /** The readers that Flink has added, without those whose loss was noticed. */
    private final Set<Integer> present = new HashSet<>();

    private ProtocolState state;

    /**
     * @param service closed with the enumerator
     * @param restored the tables of a checkpoint; none for a new job
     */
    public ReplicationEnumerator(
            SplitEnumeratorContext<ReplicationSplit> context,
            ReplicationConfig config,
            DynamoDbService service,
            EnumeratorState restored) {
        this(context, config, service, restored, new FenceWatch());
    }

    /** Creates an enumerator for a test in which a wait of minutes passes immediately. */
    ReplicationEnumerator(
            SplitEnumeratorContext<ReplicationSplit> context,
            ReplicationConfig config,
            DynamoDbService service,
            EnumeratorState restored,
            FenceWatch fences) {
        JobMemory job = JobMemory.of(context.metricGroup());
        LastingMetrics metrics = job.metricsIn(context.metricGroup());
        List<TableRules> rules = ConfiguredRules.of(config);
        RestoredTables tables = new RestoredTables(restored, rules);
        tables.log();
        this.context = context;
        this.retired = tables.retired();
        this.protocol = new Protocol(rules);
        this.state = protocol.initial(restored, context.currentParallelism());
        this.calls = new ControlCalls(
                new ControlThreads(metrics.counter("failedControlCalls"), this::fail),
                service,
                new Admission(config, service, tables.unchanged()),
                this::answer,
                this::fail);
        this.runner = new ActionRunner(
                context, calls, new GapLog(metrics, state.tables().keySet()), new CopyTimes(config, Clock.systemUTC()));
        this.phaseLog = new PhaseLog(metrics, context.metricGroup(), fences);
        this.fences = fences;
        this.copyProgress = new CopyProgress(metrics, state);
        this.copied = job.copiedTables();
        this.discoveryInterval = config.job().discoveryInterval();
    }

    @Override
    public void start() {
        LOG.info("DynamoDB replication connector {} starts on the JobManager.", VERSION);
        handle(new ProtocolEvent.Started());
        calls.every(discoveryInterval, new ProtocolEvent.DiscoveryDue());
        calls.every(FenceWatch.CHECK_INTERVAL, this::checkFences);
    }

    @Override
    public void handleSplitRequest(int subtaskId, String requesterHostname) {
        throw new UnsupportedOperationException(
                """
                Reader %d requested a split, which readers of this source never do. In a HybridSource this happens if \
                Flink has sent the reader back to an earlier source after a failure. The whole job restarts now, which \
                corrects this."""
                        .formatted(subtaskId));
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
            throw new IllegalArgumentException("Unknown message from reader %d: %s".formatted(subtaskId, event));
        }
    }

    /**
     * Refuses speculative execution, at the first message of a reader. Flink calls this method in place of {@link
     * #handleSourceEvent(int, SourceEvent)} if several attempts of a subtask may run at the same time. The protocol
     * does not distinguish the reports of such attempts.
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
     * Gives the completion to the protocol after {@link #TIME_TO_STOP}. When a job stops with a savepoint, its tasks
     * finish soon after the completion. If a message then finds a task finished, Flink fails the stop. A completion is
     * still valid when it is handled late.
     */
    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        calls.after(TIME_TO_STOP, new ProtocolEvent.CheckpointCompleted(checkpointId));
    }

    @Override
    public void close() {
        calls.close();
    }

    /** Hands an event to the coordinator thread. Called by control threads and by the timer's thread. */
    private void answer(ProtocolEvent event) {
        inCoordinatorThread(() -> handle(event));
    }

    /**
     * Checks the fences in the coordinator thread. Called by the timer's thread, because no event may come while a
     * table waits for a checkpoint.
     */
    private void checkFences() {
        inCoordinatorThread(() -> fences.check(state.tables().values()));
    }

    /** Fails the job, by a failure in the coordinator thread. Called by control threads and by the timer's thread. */
    private void fail(RuntimeException failure) {
        inCoordinatorThread(() -> {
            throw failure;
        });
    }

    /**
     * Runs a task in the coordinator thread. Flink ends that thread before it closes the enumerator. A task that comes
     * in between is dropped.
     */
    private void inCoordinatorThread(Runnable task) {
        try {
            context.runInCoordinatorThread(task);
        } catch (RejectedExecutionException closed) {
            LOG.debug("The coordinator is closed, so the answer is dropped");
        }
    }

    /** Notices lost readers, then applies the event. Called by the coordinator thread, as all methods below. */
    private void handle(ProtocolEvent event) {
        noticeLostReaders();
        apply(event);
    }

    /**
     * Finds readers whose attempt has failed. Flink tells the enumerator only when it resets the reader, and before
     * that the protocol could assign splits to it.
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
            openShards.check(listing);
        }
        Transition step = protocol.step(state, event);
        phaseLog.stateChanged(state, step.state());
        fences.check(step.state().tables().values());
        state = step.state();
        copyProgress.stateChanged(state);
        if (event instanceof ProtocolEvent.TableDescribed described) {
            copied.described(state.tables().get(described.table()));
        }
        for (ProtocolAction action : step.actions()) {
            runner.run(action, Urgency.of(event));
        }
    }
}
