/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.split.ReplicationSplit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;

/** Flink's side of an enumerator: the test's thread is the coordinator thread. */
final class CoordinatorModel implements SplitEnumeratorContext<ReplicationSplit> {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    final Map<Integer, ReaderInfo> readers = new TreeMap<>();
    final Map<Integer, List<ReplicationSplit>> assigned = new TreeMap<>();
    final Map<Integer, List<SourceEvent>> sent = new TreeMap<>();
    final List<Integer> finishing = new ArrayList<>();
    final List<Boolean> backlog = new ArrayList<>();

    private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final int parallelism;
    private final KeepingGroup metrics;

    CoordinatorModel(int parallelism) {
        this(parallelism, new KeepingGroup());
    }

    /**
     * @param metrics the group of the job, which lasts longer than a coordinator
     */
    CoordinatorModel(int parallelism, KeepingGroup metrics) {
        this.parallelism = parallelism;
        this.metrics = metrics;
    }

    /** Runs the tasks of control threads until the condition holds. */
    void runUntil(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            Runnable next;
            try {
                next = queue.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("Interrupted while waiting for " + what, e);
            }
            if (next == null) {
                throw new AssertionError(what + " did not happen within " + DEADLINE);
            }
            next.run();
        }
    }

    /** Runs the tasks of control threads until one of them throws. */
    RuntimeException runUntilItFails() {
        RuntimeException[] failure = new RuntimeException[1];
        try {
            runUntil("a failure", () -> false);
        } catch (RuntimeException thrown) {
            failure[0] = thrown;
        }
        return failure[0];
    }

    List<ReplicationSplit> assignedTo(int subtask) {
        return assigned.getOrDefault(subtask, List.of());
    }

    void register(int subtask) {
        readers.put(subtask, new ReaderInfo(subtask, "localhost"));
    }

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
        return metrics.wrapped();
    }

    @Override
    public void sendEventToSourceReader(int subtask, SourceEvent event) {
        refuseUnregistered(subtask);
        sent.computeIfAbsent(subtask, reader -> new ArrayList<>()).add(event);
    }

    @Override
    public int currentParallelism() {
        return parallelism;
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
        return Map.copyOf(readers);
    }

    @Override
    public void assignSplits(SplitsAssignment<ReplicationSplit> assignment) {
        assignment.assignment().forEach((subtask, splits) -> {
            refuseUnregistered(subtask);
            assigned.computeIfAbsent(subtask, reader -> new ArrayList<>()).addAll(splits);
        });
    }

    /** Refuses as Flink does, which then fails the job. */
    private void refuseUnregistered(int subtask) {
        if (!readers.containsKey(subtask)) {
            throw new IllegalArgumentException("Reader " + subtask + " is not registered");
        }
    }

    @Override
    public void signalNoMoreSplits(int subtask) {
        finishing.add(subtask);
    }

    @Override
    public void setIsProcessingBacklog(boolean isProcessingBacklog) {
        backlog.add(isProcessingBacklog);
    }

    @Override
    public void runInCoordinatorThread(Runnable runnable) {
        queue.add(runnable);
    }

    @Override
    public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
        throw new UnsupportedOperationException("Calls have threads of their own");
    }

    @Override
    public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler, long delay, long period) {
        throw new UnsupportedOperationException("Calls have threads of their own");
    }
}
