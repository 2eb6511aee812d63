/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.Refusal;
import java.util.Comparator;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that call the control plane, and how a call that fails in passing is repeated: after
 * half a second, then twice as long each time up to half a minute, for ever. A permission or a
 * connection that is lost says nothing about the data.
 *
 * <p>Calls wait for their pace, and those of hundreds of tables for each other: what something
 * waits for goes before routine, and the timer has a thread of its own, in which nothing waits.
 */
final class ControlThreads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlThreads.class);

    private static final long FIRST_BACKOFF_MILLIS = 500;
    private static final long LONGEST_BACKOFF_MILLIS = 30_000;

    /**
     * Before it is looked again at what is said to be gone. Well above the time for which
     * DynamoDB's metadata is seen to lag.
     */
    private static final long SECOND_LOOK_MILLIS = 3_000;

    /** About ten minutes with the longest backoff. */
    private static final int ATTEMPTS_BETWEEN_WARNINGS = 20;

    private static final int CALLERS = 2;

    private final ScheduledThreadPoolExecutor timer;
    private final ThreadPoolExecutor callers;
    private final AtomicLong turns = new AtomicLong();
    private final Counter failedCalls;
    private final Consumer<RuntimeException> broken;

    /**
     * @param broken takes what a task threw: without it the job would wait for ever for an answer
     */
    ControlThreads(Counter failedCalls, Consumer<RuntimeException> broken) {
        this.failedCalls = failedCalls;
        this.broken = broken;
        this.timer = new ScheduledThreadPoolExecutor(1, named("dynamodb-replication-timer"));
        timer.setRemoveOnCancelPolicy(true);
        this.callers = new ThreadPoolExecutor(
                CALLERS,
                CALLERS,
                0,
                TimeUnit.SECONDS,
                new PriorityBlockingQueue<>(),
                named("dynamodb-replication-control"));
    }

    private static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Those of one urgency in the order in which they came. */
    private record Turn(Urgency urgency, long number, Runnable task) implements Runnable, Comparable<Turn> {

        private static final Comparator<Turn> ORDER =
                Comparator.comparing(Turn::urgency).thenComparing(Turn::number);

        @Override
        public int compareTo(Turn other) {
            return ORDER.compare(this, other);
        }

        @Override
        public void run() {
            task.run();
        }
    }

    /**
     * A call to make until it is answered.
     *
     * @param name what is called on what, for the log
     * @param onOk takes the result, in a control thread
     * @param onRefused takes a refusal; what it returns says whether to call again
     */
    record ControlCall<T>(String name, Supplier<Answer<T>> body, Consumer<T> onOk, RefusalRule onRefused) {}

    /** Whether to repeat a call that was refused; called in a control thread. */
    @FunctionalInterface
    interface RefusalRule {
        /**
         * @param failures how often in a row the call has failed, this time included
         */
        boolean repeatAfter(Refusal refusal, int failures);
    }

    /** For what takes no time: it runs in the thread that all timers share. */
    void after(long delayMillis, Runnable task) {
        try {
            timer.schedule(() -> guarded(task), delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("Closed, so nothing is scheduled any more");
        }
    }

    /** As {@link #after}, again and again. */
    void every(long periodMillis, Runnable task) {
        timer.scheduleWithFixedDelay(() -> guarded(task), periodMillis, periodMillis, TimeUnit.MILLISECONDS);
    }

    /** Runs a task in a thread for calls, when nothing more urgent waits. */
    void inTurn(Runnable task, Urgency urgency) {
        try {
            callers.execute(new Turn(urgency, turns.incrementAndGet(), () -> guarded(task)));
        } catch (RejectedExecutionException closed) {
            LOG.debug("Closed, so nothing is called any more");
        }
    }

    <T> void call(ControlCall<T> call, Urgency urgency) {
        inTurn(() -> callNow(call, urgency), urgency);
    }

    /** For a task that is in a thread for calls already. */
    <T> void callNow(ControlCall<T> call, Urgency urgency) {
        attempt(call, urgency, 1);
    }

    private <T> void attempt(ControlCall<T> call, Urgency urgency, int attempt) {
        Answer<T> answer = call.body().get();
        if (answer instanceof Answer.Ok<T> ok) {
            if (attempt > 1) {
                LOG.info("{} is answered again after {} failed calls", call.name(), attempt - 1);
            }
            call.onOk().accept(ok.value());
            return;
        }
        Refusal refusal = ((Answer.Refused<T>) answer).refusal();
        failedCalls.inc();
        if (call.onRefused().repeatAfter(refusal, attempt) && !callers.isShutdown()) {
            long backoff = backoffMillis(refusal, attempt);
            if (attempt % ATTEMPTS_BETWEEN_WARNINGS == 1) {
                LOG.warn(
                        "{} failed, {} time(s) in a row: {} ({}). Trying again until it is answered",
                        call.name(),
                        attempt,
                        refusal.message(),
                        refusal.kind());
            } else {
                LOG.debug("{} failed {} times, next try in {} ms", call.name(), attempt, backoff);
            }
            after(backoff, () -> inTurn(() -> attempt(call, urgency, attempt + 1), urgency));
        }
    }

    private static long backoffMillis(Refusal refusal, int attempt) {
        return refusal.kind() == Refusal.Kind.NOT_FOUND
                ? Math.max(SECOND_LOOK_MILLIS, backoffMillis(attempt))
                : backoffMillis(attempt);
    }

    static long backoffMillis(int attempt) {
        return Math.min(LONGEST_BACKOFF_MILLIS, FIRST_BACKOFF_MILLIS << Math.min(attempt - 1, 10));
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error failure) {
            broken.accept(brokenBy(failure));
        }
    }

    /** The failure is kept beside, not below: many tools show the innermost message alone. */
    private static IllegalStateException brokenBy(Throwable failure) {
        IllegalStateException broken =
                new IllegalStateException("A call of the control plane broke on the client's side: "
                        + failure
                        + ". The job goes on from its last checkpoint; if that happens"
                        + " again and again, report the error with its stack trace");
        broken.addSuppressed(failure);
        return broken;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        callers.shutdownNow();
    }
}
