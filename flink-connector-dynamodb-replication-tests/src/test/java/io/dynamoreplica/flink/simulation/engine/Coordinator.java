/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.engine;

import io.dynamoreplica.flink.protocol.EnumeratorState;
import io.dynamoreplica.flink.protocol.Protocol;
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
import io.dynamoreplica.flink.protocol.ProtocolState;
import io.dynamoreplica.flink.protocol.TableState;
import io.dynamoreplica.flink.protocol.Transition;
import io.dynamoreplica.flink.simulation.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The coordinator: the real protocol, driven as {@code ReplicationEnumerator} and {@code ActionRunner} drive it,
 * with the behaviour of Flink around an enumerator.
 */
public final class Coordinator {

    /**
     * The enumerator waits this long after a completed checkpoint, so that it does not disturb a stop with a
     * savepoint.
     */
    private static final long TIME_TO_STOP = 1_000;

    private final Protocol protocol;
    private final ControlPlane control;
    private final AssignmentTracker tracker = new AssignmentTracker();
    private final BiConsumer<Integer, ToReader> messages;
    private final Consumer<Observation> observer;

    /** The readers that have been seen. Those that Flink no longer knows are lost. */
    private final Set<Integer> present = new TreeSet<>();

    private final Set<Integer> registered = new TreeSet<>();
    private ProtocolState state;
    private Optional<ProtocolAction> stopped = Optional.empty();

    Coordinator(JobPlan plan, World world, Map<String, TableState> restored, Wiring wiring) {
        this.protocol = new Protocol(plan.rules());
        this.control = new ControlPlane(world, this::handle, wiring.observer());
        this.messages = wiring.messages();
        this.observer = wiring.observer();
        this.state = protocol.initial(new EnumeratorState(restored), wiring.parallelism());
    }

    /**
     * The connections of a coordinator.
     *
     * @param messages receives the messages for readers
     */
    record Wiring(int parallelism, BiConsumer<Integer, ToReader> messages, Consumer<Observation> observer) {}

    void start(long discoveryMillis) {
        handle(new ProtocolEvent.Started());
        control.every(discoveryMillis, new ProtocolEvent.DiscoveryDue());
    }

    ControlPlane control() {
        return control;
    }

    public Map<String, TableState> tables() {
        return state.tables();
    }

    /** Returns the action with which the protocol stopped the job. */
    public Optional<ProtocolAction> stopped() {
        return stopped;
    }

    /**
     * Receives a message from a reader. The first message of an attempt arrives immediately after its registration.
     */
    void receive(int subtask, ProtocolEvent message) {
        if (message instanceof ProtocolEvent.ReaderReported) {
            registered.add(subtask);
            present.add(subtask);
        }
        handle(message);
    }

    /** Notes that an attempt has failed. Flink knows it; the enumerator is not told. */
    void attemptFailed(int subtask) {
        registered.remove(subtask);
    }

    void reset(int subtask, long restoredCheckpointId) {
        registered.remove(subtask);
        handle(new ProtocolEvent.ReaderReset(subtask, tracker.takeBack(subtask, restoredCheckpointId)));
    }

    Map<String, TableState> snapshot(long checkpointId) {
        tracker.checkpointStarted(checkpointId);
        handle(new ProtocolEvent.CheckpointStarted(checkpointId));
        return state.tables();
    }

    void completed(long checkpointId, long delay) {
        tracker.checkpointCompleted(checkpointId);
        control.after(TIME_TO_STOP + delay, new ProtocolEvent.CheckpointCompleted(checkpointId));
    }

    private void handle(ProtocolEvent event) {
        List.copyOf(present).stream()
                .filter(subtask -> !registered.contains(subtask))
                .forEach(subtask -> {
                    present.remove(subtask);
                    apply(new ProtocolEvent.ReaderLost(subtask));
                });
        apply(event);
    }

    private void apply(ProtocolEvent event) {
        if (stopped.isPresent()) {
            return;
        }
        observer.accept(new Observation.Heard(event));
        Transition step = protocol.step(state, event);
        state = step.state();
        for (ProtocolAction action : step.actions()) {
            perform(action);
            if (stopped.isPresent()) {
                return;
            }
        }
    }

    /** Carries one action out, or stops the job because of it. */
    void perform(ProtocolAction action) {
        observer.accept(new Observation.Acting(action));
        if (isStop(action)) {
            stopped = Optional.of(action);
        } else if (!isOnlyObserved(action)) {
            run(action);
        }
    }

    /** Tells whether nothing in the simulation depends on the action. No simulated table has a schedule. */
    private static boolean isOnlyObserved(ProtocolAction action) {
        return action instanceof SetBacklog
                || action instanceof NoteGap
                || action instanceof NoteUnfit
                || action instanceof NotePause
                || action instanceof AwaitNextCopy;
    }

    private static boolean isStop(ProtocolAction action) {
        return action instanceof FailForGap
                || action instanceof FailForSlowCopies
                || action instanceof FailForRepeatedLoss
                || action instanceof FailForContradiction;
    }

    private void run(ProtocolAction action) {
        if (action instanceof Assign assign) {
            send(assign.subtask(), new ToReader.Assigned(assign.splits()));
            tracker.assigned(assign.subtask(), assign.splits());
        } else if (action instanceof Forget forget) {
            send(forget.subtask(), new ToReader.Forget(forget.splitIds()));
        } else if (action instanceof Withdraw withdraw) {
            send(withdraw.subtask(), new ToReader.Withdraw(withdraw.table(), withdraw.epoch()));
        } else if (action instanceof SendEpochEnded end) {
            send(end.subtask(), new ToReader.EpochEnded(end.table(), end.epoch()));
        } else if (action instanceof SendNothingToRead idle) {
            send(idle.subtask(), new ToReader.NothingToRead());
        } else if (action instanceof SendShardClosed closed) {
            send(closed.subtask(), new ToReader.ShardClosed(closed.splitId()));
        } else if (action instanceof NoMoreSplits noMore) {
            send(noMore.subtask(), new ToReader.NoMoreSplits());
        } else if (action instanceof Describe describe) {
            control.describe(describe);
        } else if (action instanceof ListShards list) {
            control.listShards(list);
        } else if (action instanceof Probe probe) {
            control.probe(probe.split());
        } else if (action instanceof WakeAfter wake) {
            control.after(wake.delay(), new ProtocolEvent.Woken(wake.table(), wake.epoch(), wake.phase()));
        } else if (action instanceof LimitWait limit) {
            control.after(limit.delay(), new ProtocolEvent.WaitedLongEnough(limit.splitId()));
        } else {
            throw new IllegalStateException("Nothing carries out " + action);
        }
    }

    private void send(int subtask, ToReader message) {
        if (!registered.contains(subtask)) {
            observer.accept(new Observation.Misused(message + " for reader " + subtask + ", which is not registered"));
        }
        messages.accept(subtask, message);
    }
}
