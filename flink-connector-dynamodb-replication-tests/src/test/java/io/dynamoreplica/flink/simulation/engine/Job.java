/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.engine;

import io.dynamoreplica.flink.protocol.ProtocolEvent;
import io.dynamoreplica.flink.simulation.engine.Checkpoint.ReaderState;
import io.dynamoreplica.flink.simulation.engine.Element.Barrier;
import io.dynamoreplica.flink.simulation.engine.Element.Change;
import io.dynamoreplica.flink.simulation.world.World;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A running job: coordinator, readers, sinks, and the actions of Flink on them. It does nothing by itself: each
 * method is one event that can happen.
 */
public final class Job {

    private final JobPlan plan;
    private final World world;
    private final Dice dice;
    private final Consumer<Observation> observer;
    private final ReaderTerms terms;
    private final JobCheckpoints checkpoints = new JobCheckpoints();

    /** The attempts that run or are about to run. A subtask that failed and was not reset has none. */
    private final Map<Integer, ReaderTask> readers = new TreeMap<>();

    /** By subtask, the checkpoint to which it goes back, in the order of the failures. */
    private final Map<Integer, Optional<Checkpoint>> failed = new TreeMap<>();

    private Coordinator coordinator;
    private Downstream downstream;
    private int parallelism;

    public Job(JobPlan plan, World world, Dice dice, Consumer<Observation> observer) {
        this.plan = plan;
        this.world = world;
        this.dice = dice;
        this.observer = observer;
        this.terms = new ReaderTerms(plan, world, observer);
    }

    public JobPlan plan() {
        return plan;
    }

    public World world() {
        return world;
    }

    public Coordinator coordinator() {
        return coordinator;
    }

    public Downstream downstream() {
        return downstream;
    }

    public Collection<ReaderTask> readers() {
        return readers.values();
    }

    public JobCheckpoints checkpoints() {
        return checkpoints;
    }

    /** Returns the records of a split that any reader has emitted. */
    public Emitted.Of emitted(String splitId) {
        Emitted.Of all = Emitted.NONE.of(splitId);
        for (ReaderTask reader : readers.values()) {
            all = all.and(reader.emitted().of(splitId));
        }
        return all;
    }

    /** Submits the job without state. */
    public void begin(int newParallelism) {
        launch(newParallelism, Optional.empty());
    }

    /** Takes the whole job back to a checkpoint or savepoint. */
    public void restore(Checkpoint from, int newParallelism) {
        launch(newParallelism, Optional.of(from.rescaled(newParallelism, dice)));
    }

    private void launch(int newParallelism, Optional<Checkpoint> from) {
        parallelism = newParallelism;
        readers.clear();
        failed.clear();
        List<Integer> subtasks = new ArrayList<>();
        for (int subtask = 0; subtask < parallelism; subtask++) {
            subtasks.add(subtask);
        }
        downstream = new Downstream(plan.exchange(), subtasks, plan.sinks(), observer);
        from.map(downstream::restoreAll).ifPresent(checkpoints::restored);
        coordinator = new Coordinator(
                plan,
                world,
                from.map(Checkpoint::restoredTables).orElse(Map.of()),
                new Coordinator.Wiring(parallelism, this::send, observer));
        subtasks.forEach(subtask -> deploy(subtask, from));
        coordinator.start(plan.rules().get(0).stream().discoveryMillis());
    }

    private void deploy(int subtask, Optional<Checkpoint> from) {
        ReaderState state = from.map(to -> to.reader(subtask)).orElse(ReaderState.EMPTY);
        readers.put(subtask, new ReaderTask(subtask, terms, downstream, state));
    }

    /** Sends a message to a reader. A message to an attempt that no longer exists is lost. */
    private void send(int subtask, ToReader message) {
        ReaderTask reader = readers.get(subtask);
        if (reader == null) {
            return;
        }
        if (reader.isFinishing()) {
            observer.accept(new Observation.Misused(message + " for " + subtask + ", which may be done"));
        }
        reader.inbox().add(message);
    }

    /** Starts an attempt that was deployed. */
    void start(ReaderTask reader) {
        reader.start();
    }

    /** Delivers the oldest message of a reader to the coordinator. */
    ProtocolEvent deliver(ReaderTask reader) {
        ProtocolEvent message = reader.outbox().remove();
        coordinator.receive(reader.subtask(), message);
        return message;
    }

    /** Delivers the oldest message to a reader. */
    ToReader receive(ReaderTask reader) {
        return reader.receive(checkpoints);
    }

    /** Lets a sink take the next element of a channel. */
    Element take(SinkTask sink, int source) {
        Element element = sink.take(source);
        if (element instanceof Change change) {
            downstream.apply(sink, change);
        } else if (element instanceof Barrier barrier
                && checkpoints.isUnderWay(barrier.checkpointId())
                && sink.barrier(source, barrier)) {
            checkpoints.sinkTook(barrier.checkpointId(), sink.subtask(), sink.rows());
            sink.resume();
        }
        return element;
    }

    /** Tells whether a checkpoint may begin. It may only begin while every task runs. */
    public boolean mayBeginCheckpoint() {
        return !checkpoints.isUnderWay()
                && failed.isEmpty()
                && readers.values().stream().allMatch(ReaderTask::isStarted);
    }

    public long beginCheckpoint(boolean savepoint) {
        long id = checkpoints.nextId();
        checkpoints.begin(id, savepoint, coordinator.snapshot(id));
        readers.values().forEach(reader -> reader.inbox().add(new ToReader.TakeSnapshot(id)));
        return id;
    }

    public boolean mayCompleteCheckpoint() {
        return checkpoints.isTaken(parallelism, downstream.sinks().size());
    }

    /**
     * Completes the checkpoint.
     *
     * @param delay the time until the coordinator is notified
     * @param heard whether it is notified at all
     */
    public void completeCheckpoint(long delay, boolean heard) {
        checkpoints
                .complete()
                .filter(completed -> heard)
                .ifPresent(completed -> coordinator.completed(completed.id(), delay));
    }

    public void abortCheckpoint() {
        checkpoints.abort();
        downstream.sinks().forEach(SinkTask::resume);
    }

    /**
     * Fails a source subtask and its region: sources and sinks go back to the latest checkpoint, the coordinator
     * does not.
     *
     * @param noticed whether Flink's coordinator knows it immediately
     */
    public void fail(int subtask, boolean noticed) {
        abortCheckpoint();
        downstream.fail(subtask, checkpoints.latest());
        for (int source : downstream.sourcesThatFailWith(subtask)) {
            readers.remove(source);
            failed.put(source, checkpoints.latest());
            if (noticed) {
                coordinator.attemptFailed(source);
            }
        }
    }

    /** Fails the task of a reader after an error with which it cannot continue. */
    void taskFailed(int subtask, String message) {
        observer.accept(new Observation.TaskFailed(subtask, message));
        fail(subtask, true);
    }

    /** Returns the subtasks that failed and whose coordinator has not been told. */
    public Collection<Integer> toReset() {
        return List.copyOf(failed.keySet());
    }

    /** Tells the coordinator, and deploys a new attempt. */
    public void reset(int subtask) {
        Optional<Checkpoint> to = failed.remove(subtask);
        coordinator.reset(subtask, to.map(Checkpoint::id).orElse(-1L));
        deploy(subtask, to);
    }

    /** Tells whether the job can only wait. */
    public boolean isIdle() {
        return failed.isEmpty()
                && coordinator.control().due() == 0
                && readers.values().stream().allMatch(reader -> reader.isStarted() && reader.isIdle())
                && downstream.ready().isEmpty();
    }
}
