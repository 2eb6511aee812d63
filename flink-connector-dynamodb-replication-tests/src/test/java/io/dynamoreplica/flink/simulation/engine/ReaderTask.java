/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.engine;

import io.dynamoreplica.flink.protocol.ProtocolEvent;
import io.dynamoreplica.flink.protocol.ProtocolEvent.GapReported;
import io.dynamoreplica.flink.protocol.ProtocolEvent.NothingGiven;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ReaderReported;
import io.dynamoreplica.flink.protocol.ProtocolEvent.SplitsEnded;
import io.dynamoreplica.flink.protocol.ProtocolEvent.SplitsWithdrawn;
import io.dynamoreplica.flink.reader.cursor.HeldSplits;
import io.dynamoreplica.flink.reader.cursor.HeldSplits.Added;
import io.dynamoreplica.flink.reader.cursor.Outcome;
import io.dynamoreplica.flink.reader.cursor.ScanSplitState;
import io.dynamoreplica.flink.reader.cursor.ShardSplitState;
import io.dynamoreplica.flink.reader.cursor.SplitCall;
import io.dynamoreplica.flink.reader.cursor.SplitState;
import io.dynamoreplica.flink.service.StreamRecord;
import io.dynamoreplica.flink.simulation.engine.Checkpoint.ReaderState;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One attempt of a source subtask, with the real {@code HeldSplits}, cursors and split states. It drives them as
 * {@code ReplicationSourceReader} and {@code ReplicationSplitReader} do.
 *
 * <pre>
 *   messages ──▶ HeldSplits ──▶ Reading (cursor) ──call──▶ DynamoDB
 *                                   │  ◀──────── answer ─────┘
 *                                   ▼
 *                               fetched: pages, records, gaps, ends; a barrier falls between two
 *                                   ▼
 *                               SplitState ──▶ channels, messages to the coordinator
 * </pre>
 */
public final class ReaderTask {

    private final int subtask;
    private final ReaderTerms terms;
    private final Downstream downstream;
    private final HeldSplits splits = new HeldSplits();
    private final Map<String, SplitState> states = new LinkedHashMap<>();
    private final Map<String, Reading> readings = new LinkedHashMap<>();
    private final Deque<Queued> fetched = new ArrayDeque<>();

    /** Messages that the coordinator has not received yet. */
    private final Deque<ProtocolEvent> outbox = new ArrayDeque<>();

    /** Messages that this reader has not received yet. */
    private final Deque<ToReader> inbox = new ArrayDeque<>();

    /** By table, the last copy that this attempt was told is complete. */
    private final Map<String, Long> ends = new HashMap<>();

    private Emitted emitted;
    private boolean started;
    private boolean noMoreSplits;

    ReaderTask(int subtask, ReaderTerms terms, Downstream downstream, ReaderState restored) {
        this.subtask = subtask;
        this.terms = terms.ofNewAttempt();
        this.downstream = downstream;
        this.emitted = restored.emitted();
        add(restored.splits());
    }

    public int subtask() {
        return subtask;
    }

    /** Starts the attempt, which first reports the splits that it was restored with. */
    void start() {
        started = true;
        outbox.add(new ReaderReported(
                subtask, states.values().stream().map(SplitState::split).toList(), splits.finished()));
    }

    public boolean isStarted() {
        return started;
    }

    Deque<ProtocolEvent> outbox() {
        return outbox;
    }

    Deque<ToReader> inbox() {
        return inbox;
    }

    boolean isFinishing() {
        return noMoreSplits;
    }

    /**
     * Takes the oldest message.
     *
     * @return the message
     */
    ToReader receive(JobCheckpoints checkpoints) {
        ToReader message = inbox.remove();
        if (message instanceof ToReader.Assigned assigned) {
            Added added = add(assigned.splits());
            if (!added.toReport().isEmpty()) {
                outbox.add(new SplitsEnded(subtask, added.toReport()));
            }
        } else if (message instanceof ToReader.Forget forget) {
            splits.forget(forget.splitIds());
        } else if (message instanceof ToReader.Withdraw withdraw) {
            withdraw(withdraw);
        } else if (message instanceof ToReader.EpochEnded end) {
            ends.put(end.table(), end.epoch());
        } else if (message instanceof ToReader.ShardClosed closed) {
            Optional.ofNullable(readings.get(closed.splitId())).ifPresent(Reading::shardClosed);
        } else if (message instanceof ToReader.NoMoreSplits) {
            noMoreSplits = true;
        } else if (message instanceof ToReader.TakeSnapshot take) {
            checkpoints.readerTook(take.checkpointId(), subtask, snapshot());
            downstream.barrier(subtask, take.checkpointId());
        } else if (!(message instanceof ToReader.NothingToRead)) {
            throw new IllegalStateException("No reader understands " + message);
        }
        return message;
    }

    private Added add(List<ReplicationSplit> given) {
        Added added = splits.add(given);
        for (ReplicationSplit split : added.toRead()) {
            states.put(split.splitId(), SplitState.of(split));
            readings.put(split.splitId(), new Reading(split, terms.cursorOf(split)));
        }
        return added;
    }

    private void withdraw(ToReader.Withdraw withdraw) {
        Set<String> dropped = splits.withdraw(withdraw.table(), withdraw.epoch());
        states.keySet().removeAll(dropped);
        readings.keySet().removeAll(dropped);
        fetched.removeIf(element -> dropped.contains(element.reading().split().splitId()));
        outbox.add(new SplitsWithdrawn(subtask, withdraw.table(), withdraw.epoch()));
    }

    private ReaderState snapshot() {
        List<ReplicationSplit> kept = new ArrayList<>();
        states.values().forEach(state -> kept.add(state.split()));
        kept.addAll(splits.finished());
        return new ReaderState(List.copyOf(kept), emitted);
    }

    /** Returns the splits that the reader has to read. */
    public Collection<SplitState> toRead() {
        return states.values();
    }

    /** Tells whether this attempt has announced, for its part, that this copy is complete. */
    public boolean saidEndOf(String table, long epoch) {
        return ends.getOrDefault(table, -1L) == epoch;
    }

    public Emitted emitted() {
        return emitted;
    }

    /** Returns the splits whose next call may be made now. */
    List<Reading> due() {
        if (!started) {
            return List.of();
        }
        long now = terms.now();
        List<Reading> due = new ArrayList<>();
        for (Reading reading : readings.values()) {
            if (reading.isDue(now)) {
                due.add(reading);
            }
        }
        return due;
    }

    /** Returns the splits that have an answer to take. */
    List<Reading> answered() {
        List<Reading> answered = new ArrayList<>();
        for (Reading reading : readings.values()) {
            if (reading.hasAnswer()) {
                answered.add(reading);
            }
        }
        return answered;
    }

    /** Makes a split's next call. The answer is taken later. */
    SplitCall call(Reading reading) {
        SplitCall call = reading.nextCall(terms.now());
        terms.observe(new Observation.Called(subtask, reading.split(), call));
        reading.answered(call.on(terms.service()));
        return call;
    }

    Outcome takeAnswer(Reading reading) {
        Outcome outcome = reading.cursor().answered(reading.takeAnswer(), terms.now());
        if (outcome instanceof Outcome.Scanned scanned) {
            reading.pageFetched();
            fetched.add(new Queued.Page(reading, scanned.page(), scanned.keyNames()));
        } else if (outcome instanceof Outcome.Read read) {
            deliver(reading, read.page().records());
            read.proof().ifPresent(time -> fetched.add(new Queued.Proof(reading, time)));
        } else if (outcome instanceof Outcome.Gap gap) {
            fetched.add(new Queued.Gap(reading, gap));
        } else if (outcome instanceof Outcome.NothingGiven nothing) {
            fetched.add(new Queued.Unread(reading, nothing.refusal().message()));
        }
        if (outcome.isFinal()) {
            reading.over();
            if (!(outcome instanceof Outcome.Gap)) {
                fetched.add(new Queued.End(reading));
            }
        }
        return outcome;
    }

    private void deliver(Reading reading, List<StreamRecord> records) {
        for (int i = 0; i < records.size(); i++) {
            boolean last = i == records.size() - 1;
            fetched.add(new Queued.Record(reading, records.get(i), last));
            if (last) {
                reading.pageFetched();
            }
        }
    }

    boolean hasFetched() {
        return !fetched.isEmpty();
    }

    /**
     * Emits the oldest fetched element.
     *
     * @return its description
     */
    String emit() {
        Queued next = fetched.remove();
        String splitId = next.reading().split().splitId();
        if (next instanceof Queued.Page page) {
            emitPage(page, (ScanSplitState) states.get(splitId));
            return "a page of " + page.page().items().size() + " of " + splitId;
        } else if (next instanceof Queued.Record shardRecord) {
            emitRecord(shardRecord, (ShardSplitState) states.get(splitId));
            return "a record of " + splitId;
        } else if (next instanceof Queued.Proof proof) {
            ((ShardSplitState) states.get(splitId)).proven(proof.time());
            return "a proof of " + splitId;
        } else if (next instanceof Queued.Gap gap) {
            emitGap(gap.gap(), (ShardSplitState) states.get(splitId));
            return "a gap of " + splitId;
        } else if (next instanceof Queued.Unread unread) {
            ShardSplit split = (ShardSplit) states.get(splitId).split();
            outbox.add(new NothingGiven(subtask, split, unread.detail()));
            return "that nothing is given of " + splitId;
        } else if (next instanceof Queued.End) {
            emitEnd(splitId);
            return "the end of " + splitId;
        }
        throw new IllegalStateException("No reader emits " + next);
    }

    private void emitEnd(String splitId) {
        SplitState state = states.remove(splitId);
        readings.remove(splitId);
        terms.observe(new Observation.Ending(subtask, state.split()));
        ReplicationSplit ended = state.finished();
        emitted = emitted.ended(splitId);
        splits.ended(List.of(ended));
        outbox.add(new SplitsEnded(subtask, List.of(ended)));
    }

    private void emitGap(Outcome.Gap gap, ShardSplitState state) {
        outbox.add(new GapReported(state.split(), gap.cause(), gap.detail()));
        if (gap.goesOn()) {
            state.gapPassed();
        }
    }

    private void emitPage(Queued.Page page, ScanSplitState state) {
        ScanSplit split = state.split();
        page.page().items().forEach(item -> downstream.emit(subtask, Images.scanned(split, item, page.keyNames())));
        emitted = emitted.page(split.splitId(), split.position());
        state.emitted(page.page());
        if (state.split().isFinished()) {
            emitted = emitted.ended(split.splitId());
        }
        page.reading().pageEmitted();
    }

    private void emitRecord(Queued.Record fetchedRecord, ShardSplitState state) {
        ShardSplit split = state.split();
        StreamRecord record = fetchedRecord.record();
        boolean wanted = state.wants(record);
        terms.observe(new Observation.Passing(subtask, split, record, !wanted));
        if (wanted) {
            downstream.emit(subtask, Images.streamed(split, record));
        }
        state.passed(record);
        emitted = emitted.passed(split.splitId(), Images.number(record));
        if (fetchedRecord.lastOfPage()) {
            fetchedRecord.reading().pageEmitted();
        }
    }

    /** Tells whether the reader can only wait for time or messages. */
    boolean isIdle() {
        return fetched.isEmpty()
                && outbox.isEmpty()
                && inbox.isEmpty()
                && answered().isEmpty();
    }
}
