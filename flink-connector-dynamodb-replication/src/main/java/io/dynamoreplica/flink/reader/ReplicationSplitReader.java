/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.reader.cursor.Fetched;
import io.dynamoreplica.flink.reader.cursor.Outcome;
import io.dynamoreplica.flink.reader.cursor.SplitCall;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.split.ReplicationSplit;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;

/**
 * The split reader, which reads many splits at the same time. It hands calls that are due to a pool,
 * and takes answers in the order in which they come. So a split that stalls does not delay others.
 *
 * <p>Three limits apply: to the calls under way, to the bytes in flight, and to the pages of one split
 * that wait to be emitted. A split has one call under way at most.
 *
 * <p>All methods and all fields belong to the fetcher's thread, with two exceptions. The mailbox is
 * safe for all threads: those of {@link CallPool} put answers into it, and the task's thread tells it
 * of pages that were emitted ({@link FetchedBatch}), of withdrawals and closed shards ({@link Withdrawals}),
 * and of wake-ups.
 * The constructor and {@link #wakeUp} run in the task's thread.
 */
final class ReplicationSplitReader implements SplitReader<Fetched, ReplicationSplit> {

    private final SplitCursors cursors;
    private final ReaderMetrics metrics;
    private final Withdrawals withdrawals;
    private final LongSupplier clock;
    private final RefusalLog refusals = new RefusalLog();
    private final Map<String, ActiveSplit> splits = new HashMap<>();
    private final DueSplits due = new DueSplits();
    private final BytesInFlight bytes;
    private final CallPool pool;
    private final int callLimit;
    private int callsUnderWay;

    /** The only field that other threads touch. */
    private final BlockingQueue<Message> mailbox = new LinkedBlockingQueue<>();

    /**
     * @param service closed by the caller
     * @param clock milliseconds that never go back
     */
    ReplicationSplitReader(
            ReplicationConfig config,
            DynamoDbService service,
            ReaderMetrics metrics,
            Withdrawals withdrawals,
            LongSupplier clock) {
        this.cursors = new SplitCursors(config);
        this.metrics = metrics;
        this.withdrawals = withdrawals;
        this.clock = clock;
        this.bytes = new BytesInFlight(config.job().reader().bytesInFlight());
        this.callLimit = config.job().reader().concurrentCalls();
        this.pool = new CallPool(service, callLimit, mailbox::add);
        withdrawals.tellFromNowOn(mailbox::add);
    }

    @Override
    public RecordsWithSplitIds<Fetched> fetch() throws IOException {
        FetchedBatch batch = new FetchedBatch(mailbox::add);
        boolean woken = false;
        while (true) {
            for (Message message = mailbox.poll(); message != null; message = mailbox.poll()) {
                woken |= message instanceof Message.WakeUp;
                handle(message, batch);
            }
            startDueCalls();
            metrics.bytesInFlight(bytes.used());
            metrics.headroom().watch();
            if (woken || !batch.isEmpty()) {
                return batch;
            }
            Optional<Message> message = await();
            if (message.isPresent()) {
                woken = message.get() instanceof Message.WakeUp;
                handle(message.get(), batch);
            }
        }
    }

    /** Waits for a message, or until a call that may be started is due. */
    private Optional<Message> await() throws IOException {
        try {
            OptionalLong dueAt = mayStartCall() ? due.firstDueAt() : OptionalLong.empty();
            if (dueAt.isEmpty()) {
                return Optional.of(mailbox.take());
            }
            long millis = Math.max(0, dueAt.getAsLong() - clock.getAsLong());
            return Optional.ofNullable(mailbox.poll(millis, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Reading was interrupted while it waited for DynamoDB");
        }
    }

    private boolean mayStartCall() {
        return callsUnderWay < callLimit && bytes.allowsCall();
    }

    private void startDueCalls() {
        long now = clock.getAsLong();
        while (mayStartCall()) {
            Optional<ActiveSplit> next = due.takeDue(now);
            if (next.isEmpty()) {
                return;
            }
            ActiveSplit split = next.get();
            split.callStarted();
            callsUnderWay++;
            bytes.reserveCall();
            metrics.called();
            pool.start(split.id(), split.cursor().call(now));
        }
    }

    void handle(Message message, FetchedBatch batch) throws IOException {
        if (message instanceof Message.Answered answered) {
            Optional<ActiveSplit> split = callEnded(answered.splitId());
            if (split.isPresent()) {
                take(split.get(), answered, batch);
            }
        } else if (message instanceof Message.Emitted emitted) {
            bytes.release(emitted.bytes());
            pageEmitted(emitted.splitId());
        } else if (message instanceof Message.Crashed crashed) {
            Optional<ActiveSplit> split = callEnded(crashed.splitId());
            if (split.isPresent()) {
                throw crashed.error(split.get().split());
            }
        } else if (message instanceof Message.Withdrawn) {
            dropWithdrawn(batch);
        } else if (message instanceof Message.Closed closed) {
            Optional.ofNullable(splits.get(closed.splitId())).ifPresent(ActiveSplit::shardClosed);
        } else if (!(message instanceof Message.WakeUp)) {
            throw new IllegalArgumentException("No rule handles a message of %s".formatted(message.getClass()));
        }
    }

    private void pageEmitted(String splitId) {
        ActiveSplit split = splits.get(splitId);
        if (split != null) {
            split.pageEmitted();
            scheduleIfFree(split);
        }
    }

    /** Returns the split that made the call; empty if the split was withdrawn meanwhile. */
    private Optional<ActiveSplit> callEnded(String splitId) {
        callsUnderWay--;
        bytes.releaseCall();
        Optional<ActiveSplit> split = Optional.ofNullable(splits.get(splitId));
        split.ifPresent(ActiveSplit::callEnded);
        return split;
    }

    /** Finishes withdrawn splits at any position. The task does not report them as read. */
    private void dropWithdrawn(FetchedBatch batch) {
        List<ActiveSplit> withdrawn = splits.values().stream()
                .filter(split -> withdrawals.contains(split.split()))
                .toList();
        for (ActiveSplit split : withdrawn) {
            due.remove(split);
            finish(split, batch);
        }
    }

    private void take(ActiveSplit split, Message.Answered answered, FetchedBatch batch) throws IOException {
        Outcome outcome = split.cursor().answered(answered.answer(), clock.getAsLong());
        if (outcome instanceof Outcome.Failed failed) {
            throw new ReadingStoppedException(failed.message());
        }
        note(split.split(), answered.call(), outcome);
        deliver(split, outcome, batch);
        if (!outcome.isFinal()) {
            scheduleIfFree(split);
        } else if (outcome instanceof Outcome.Gap) {
            // The split has not ended: Flink keeps it until it is withdrawn.
            split.stop();
        } else if (isEnd(outcome)) {
            finish(split, batch);
        } else {
            throw new IllegalStateException("No rule ends a split by %s".formatted(outcome.getClass()));
        }
    }

    private static boolean isEnd(Outcome outcome) {
        return outcome instanceof Outcome.Scanned
                || outcome instanceof Outcome.Read
                || outcome instanceof Outcome.NothingKept;
    }

    private void note(ReplicationSplit split, SplitCall call, Outcome outcome) {
        Optional<Refusal> refusal = outcome.refused();
        if (refusal.isPresent()) {
            metrics.refused(refusal.get());
            refusals.refused(split, call, refusal.get(), clock.getAsLong());
        } else if (outcome instanceof Outcome.Gap || outcome instanceof Outcome.NothingKept) {
            refusals.dropped(split);
        } else if (isAnswered(outcome)) {
            refusals.answered(split, call);
        } else if (!(outcome instanceof Outcome.Progressed)) {
            throw new IllegalStateException("No rule logs an outcome of %s".formatted(outcome.getClass()));
        }
        metrics.stalledSplits(refusals.stalled());
    }

    private static boolean isAnswered(Outcome outcome) {
        return outcome instanceof Outcome.Scanned
                || outcome instanceof Outcome.Read
                || outcome instanceof Outcome.IteratorLost;
    }

    /** Ends the reading of the split. Flink then frees its own objects for the split. */
    private void finish(ActiveSplit split, FetchedBatch batch) {
        splits.remove(split.id());
        refusals.dropped(split.split());
        metrics.stalledSplits(refusals.stalled());
        metrics.gone(split.split());
        batch.finish(split.id());
    }

    private void deliver(ActiveSplit split, Outcome outcome, FetchedBatch batch) {
        if (outcome instanceof Outcome.Read read) {
            metrics.fetched(split.split(), read.page());
        }
        if (outcome.elements().hasNext()) {
            bytes.hold(outcome.bytes());
            split.pageFetched();
            batch.add(split.id(), outcome);
        }
    }

    private void scheduleIfFree(ActiveSplit split) {
        if (split.mayCall()) {
            due.add(split);
        }
    }

    @Override
    public void handleSplitsChanges(SplitsChange<ReplicationSplit> change) {
        if (!(change instanceof SplitsAddition)) {
            throw new UnsupportedOperationException("Splits can only be added, not: %s".formatted(change));
        }
        for (ReplicationSplit split : change.splits()) {
            ActiveSplit active = new ActiveSplit(split, cursors.of(split));
            if (splits.putIfAbsent(split.splitId(), active) == null) {
                due.add(active);
                metrics.headroom().given(split);
            }
        }
        if (change.splits().stream().anyMatch(withdrawals::contains)) {
            // A split was withdrawn on its way here: it is dropped before the next call.
            mailbox.add(new Message.Withdrawn());
        }
    }

    /** Ignores splits that have ended: the task may not have seen their end yet. */
    @Override
    public void pauseOrResumeSplits(Collection<ReplicationSplit> toPause, Collection<ReplicationSplit> toResume) {
        for (ReplicationSplit paused : toPause) {
            ActiveSplit split = splits.get(paused.splitId());
            if (split != null) {
                split.pause(true);
                due.remove(split);
            }
        }
        for (ReplicationSplit resumed : toResume) {
            ActiveSplit split = splits.get(resumed.splitId());
            if (split != null) {
                split.pause(false);
                scheduleIfFree(split);
            }
        }
    }

    /** Ends a fetch that waits. Task's thread. */
    @Override
    public void wakeUp() {
        mailbox.add(new Message.WakeUp());
    }

    @Override
    public void close() {
        pool.close();
        metrics.bytesInFlight(0);
    }
}
