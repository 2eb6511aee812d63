/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.change.DynamoDbDeserializationSchema;
import io.dynamoreplica.flink.config.ConnectorVersion;
import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.config.ReplicationConfig.TableConfig;
import io.dynamoreplica.flink.reader.cursor.Fetched;
import io.dynamoreplica.flink.reader.cursor.HeldSplits;
import io.dynamoreplica.flink.reader.cursor.HeldSplits.Added;
import io.dynamoreplica.flink.reader.cursor.SplitState;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.DynamoDbServiceFactory;
import io.dynamoreplica.flink.split.EpochEnded;
import io.dynamoreplica.flink.split.ForgetFinished;
import io.dynamoreplica.flink.split.NothingToRead;
import io.dynamoreplica.flink.split.ReaderReport;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ShardClosed;
import io.dynamoreplica.flink.split.SplitsFinished;
import io.dynamoreplica.flink.split.SplitsWithdrawn;
import io.dynamoreplica.flink.split.WithdrawSplits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.connector.base.source.reader.fetcher.SingleThreadFetcherManager;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.util.FlinkRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The source reader of one subtask. It emits the items and records of its segments and shards, and
 * reports to the enumerator which splits it has read.
 *
 * <p>A split that has ended stays in this reader's state, at its end, until the enumerator says that a
 * completed checkpoint of its own contains the end. Messages are not checkpointed, so until then only
 * this state knows of the end.
 *
 * <p>All methods run in the task's thread, and so do {@link ChangeEmitter}, {@link EpochEndEmitter},
 * {@link PendingOutputTasks} and {@link IdleOutput}. The fetcher's thread runs {@link
 * ReplicationSplitReader}, which the task's thread reaches only through {@link Withdrawals} and
 * Flink's queue of splits. The threads of {@link CallPool} call the service.
 *
 * @param <T> the type of the elements that the user's schema makes
 */
@Internal
public final class ReplicationSourceReader<T>
        extends SingleThreadMultiplexSourceReaderBase<Fetched, T, ReplicationSplit, SplitState> {

    private static final Logger LOG = LoggerFactory.getLogger(ReplicationSourceReader.class);

    private static final String VERSION = ConnectorVersion.get();

    private final DynamoDbService service;
    private final Withdrawals withdrawals;
    private final Set<String> tables;
    private final DynamoDbDeserializationSchema<T> schema;

    private final EpochEndEmitter<T> epochEndEmitter;
    private final PendingOutputTasks<T> pendingOutputTasks = new PendingOutputTasks<>();
    private final IdleOutput<T> idle = new IdleOutput<>();

    private final HeldSplits splits = new HeldSplits();

    /**
     * Splits that were given before this attempt has reported. They are the restored splits: Flink
     * hands them over before its first call of {@code pollNext}, and the enumerator assigns no split
     * before it has the report.
     */
    private final List<ReplicationSplit> restored = new ArrayList<>();

    private boolean reported;

    /**
     * Opens the service, which makes no call. Reading begins with the first split.
     *
     * @param schema opened by {@link #start}
     * @param services used once; the service is closed with the reader
     */
    public ReplicationSourceReader(
            ReplicationConfig config,
            DynamoDbDeserializationSchema<T> schema,
            DynamoDbServiceFactory services,
            SourceReaderContext context) {
        this(
                config,
                schema,
                new Shared(
                        services.open(config.job()),
                        new ReaderMetrics(context.metricGroup(), headroomOf(config)),
                        new Withdrawals()),
                context);
    }

    /** The objects that the task shares with its fetchers and that outlive each of them. */
    private record Shared(DynamoDbService service, ReaderMetrics metrics, Withdrawals withdrawals) {
        ReplicationSplitReader splitReader(ReplicationConfig config) {
            return new ReplicationSplitReader(
                    config, service, metrics, withdrawals, ReplicationSourceReader::steadyMillis);
        }
    }

    private ReplicationSourceReader(
            ReplicationConfig config,
            DynamoDbDeserializationSchema<T> schema,
            Shared shared,
            SourceReaderContext context) {
        super(
                new SingleThreadFetcherManager<>(() -> shared.splitReader(config), context.getConfiguration()),
                new ChangeEmitter<>(
                        config, schema, shared.metrics(), shared.withdrawals(), context::sendSourceEventToCoordinator),
                context.getConfiguration(),
                context);
        this.service = shared.service();
        this.withdrawals = shared.withdrawals();
        this.schema = schema;
        this.epochEndEmitter = new EpochEndEmitter<>(schema);
        this.tables = tablesOf(config);
        shared.metrics().showHeldSplits(this::getNumberOfCurrentlyAssignedSplits);
    }

    private static ReaderHeadroom headroomOf(ReplicationConfig config) {
        return new ReaderHeadroom(tablesOf(config), ReplicationSourceReader::steadyMillis, LOG::warn);
    }

    private static Set<String> tablesOf(ReplicationConfig config) {
        return config.tables().stream().map(TableConfig::table).collect(Collectors.toSet());
    }

    /** Returns a time that never goes back. Only differences are used, so the start does not matter. */
    private static long steadyMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    /**
     * Opens the schema. The report to the enumerator follows in the first call of {@link #pollNext},
     * because a {@code HybridSource} starts a reader and then gives it its restored splits. A report
     * without these splits would say that no reader has them. Flink makes this first call for every
     * reader that it starts, also for idle and backpressured readers.
     */
    @Override
    public void start() {
        LOG.info("DynamoDB replication connector {} starts in subtask {}.", VERSION, context.getIndexOfSubtask());
        try {
            schema.open(new SchemaContext(context));
        } catch (Exception e) {
            FlinkRuntimeException unopened =
                    new FlinkRuntimeException("The deserialization schema %s for tables %s could not be opened: %s"
                            .formatted(schema.getClass().getName(), tables, e));
            unopened.addSuppressed(e);
            throw unopened;
        }
        pendingOutputTasks.add(output -> report());
        super.start();
    }

    private void report() {
        reported = true;
        context.sendSourceEventToCoordinator(new ReaderReport(restored, splits.finished()));
        restored.clear();
    }

    /**
     * Adds splits. If a split is being read already, it is not added again. If a split has finished, it
     * is reported again, because the enumerator does not know of its end. If the table of a restored
     * split is no longer configured, the split is dropped and leaves the state.
     */
    @Override
    public void addSplits(List<ReplicationSplit> given) {
        List<ReplicationSplit> configured = new ArrayList<>();
        for (ReplicationSplit split : given) {
            if (tables.contains(split.table())) {
                configured.add(split);
            } else {
                LOG.info("Dropping split {}: its table is not configured.", split.splitId());
            }
        }
        Added added = splits.add(configured);
        if (!reported) {
            restored.addAll(added.toRead());
        } else if (!added.toReport().isEmpty()) {
            context.sendSourceEventToCoordinator(new SplitsFinished(added.toReport()));
        }
        if (!added.toRead().isEmpty()) {
            idle.notDue();
            super.addSplits(added.toRead());
        }
        for (ReplicationSplit split : given) {
            String splitId = split.splitId();
            if (!splits.isToRead(splitId)) {
                pendingOutputTasks.add(output -> releaseOutput(splitId, output));
            }
        }
    }

    /**
     * Releases the output of a split that is not read. Flink opens an output for each split that it
     * hands over, and closes it when the split ends. A split that is not read never ends, and its
     * output would hold back the watermark for as long as this reader runs.
     */
    private static <T> void releaseOutput(String splitId, ReaderOutput<T> output) {
        // Flink opens the outputs of restored splits late, and rejects a release before that.
        output.createOutputForSplit(splitId);
        output.releaseOutputForSplit(splitId);
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
        pendingOutputTasks.run(output);
        InputStatus status = super.pollNext(output);
        idle.markIfDue(output, getNumberOfCurrentlyAssignedSplits());
        return status;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return pendingOutputTasks.orWhen(super.isAvailable());
    }

    @Override
    protected SplitState initializedState(ReplicationSplit split) {
        return SplitState.of(split);
    }

    @Override
    protected ReplicationSplit toSplitType(String splitId, SplitState state) {
        return state.split();
    }

    /** Reports splits that have ended. A withdrawn split is not reported: it may not have ended. */
    @Override
    protected void onSplitFinished(Map<String, SplitState> states) {
        List<ReplicationSplit> ended = states.values().stream()
                .filter(state -> !splits.isWithdrawn(state.split()))
                .map(SplitState::finished)
                .toList();
        if (!ended.isEmpty()) {
            splits.ended(ended);
            context.sendSourceEventToCoordinator(new SplitsFinished(ended));
        }
    }

    @Override
    public List<ReplicationSplit> snapshotState(long checkpointId) {
        List<ReplicationSplit> state = new ArrayList<>(super.snapshotState(checkpointId));
        state.removeIf(splits::isWithdrawn);
        state.addAll(splits.finished());
        return state;
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof ForgetFinished forget) {
            splits.forget(forget.splitIds());
        } else if (event instanceof WithdrawSplits withdraw) {
            withdraw(withdraw.table(), withdraw.epoch());
        } else if (event instanceof ShardClosed closed) {
            withdrawals.closed(closed.splitId());
        } else if (event instanceof EpochEnded ended) {
            pendingOutputTasks.add(output -> epochEndEmitter.end(ended, output));
        } else if (event instanceof NothingToRead) {
            idle.due();
            pendingOutputTasks.add(output -> {}); // wakes the task
        } else {
            throw new IllegalArgumentException("No rule handles a message of %s".formatted(event.getClass()));
        }
    }

    /**
     * Drops the splits of a copy. This takes effect immediately for this thread: it drops all elements
     * of them that the fetcher still brings. The fetcher stops reading them later.
     */
    private void withdraw(String table, long epoch) {
        withdrawals.withdraw(splits.withdraw(table, epoch));
        LOG.info("Dropped every split of table {} up to and including epoch {}.", table, epoch);
        context.sendSourceEventToCoordinator(new SplitsWithdrawn(table, epoch));
    }

    @Override
    public void close() throws Exception {
        try {
            super.close();
        } finally {
            service.close();
        }
    }
}
