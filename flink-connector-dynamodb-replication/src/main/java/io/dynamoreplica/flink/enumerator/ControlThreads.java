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
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that call the control plane. A call with a transient failure is repeated without limit: after half a
 * second, then after twice as long each time, up to half a minute. A lost permission or a lost connection does not
 * mean that data was lost.
 *
 * <p>Calls wait for their pace, and the calls of hundreds of tables wait for each other. So a call goes
 * before routine calls if something waits for its answer. The timer has a thread of its own, in which nothing waits.
 */
final class ControlThreads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlThreads.class);

    private static final long FIRST_BACKOFF_MILLIS = 500;
    private static final long LONGEST_BACKOFF_MILLIS = 30_000;

    /**
     * The shortest time before the second check of a table or stream that does not exist according to an answer. Chosen
     * well above the time for which DynamoDB's metadata is known to lag.
     */
    private static final long SECOND_CHECK_MILLIS = 3_000;

    /** About ten minutes with the longest backoff. */
    private static final int ATTEMPTS_BETWEEN_WARNINGS = 20;

    private static final int CALLERS = 2;

    private final ScheduledThreadPoolExecutor timer;
    private final ThreadPoolExecutor callers;
    private final AtomicLong queued = new AtomicLong();
    private final Counter failedCalls;
    private final Consumer<RuntimeException> broken;

    /**
     * @param broken takes the failure of a task. If the failure were dropped, the job would wait forever for the answer
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

    /** A task in the queue of the callers. Tasks of the same urgency run in the order of their numbers. */
    private record QueuedTask(Urgency urgency, long number, Runnable task) implements Runnable, Comparable<QueuedTask> {

        private static final Comparator<QueuedTask> ORDER = Comparator.<QueuedTask>comparingInt(
                        task -> task.urgency().number())
                .thenComparingLong(QueuedTask::number);

        @Override
        public int compareTo(QueuedTask other) {
            return ORDER.compare(this, other);
        }

        @Override
        public void run() {
            task.run();
        }
    }

    /** Runs a task after a delay. All timers share one thread, so the task must not wait. */
    void after(long delayMillis, Runnable task) {
        try {
            timer.schedule(() -> guarded(task), delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("The enumerator is closed, so no task is scheduled");
        }
    }

    /** Runs a task repeatedly, in the thread of {@link #after}. */
    void every(long periodMillis, Runnable task) {
        timer.scheduleWithFixedDelay(() -> guarded(task), periodMillis, periodMillis, TimeUnit.MILLISECONDS);
    }

    /** Runs a task in a control thread, when no more urgent task waits. */
    void enqueue(Runnable task, Urgency urgency) {
        try {
            callers.execute(new QueuedTask(urgency, queued.incrementAndGet(), () -> guarded(task)));
        } catch (RejectedExecutionException closed) {
            LOG.debug("The enumerator is closed, so no call is made");
        }
    }

    <T> void call(ControlCall<T> call, Urgency urgency) {
        enqueue(() -> callNow(call, urgency), urgency);
    }

    /** Makes a call in the current thread, which has to be a control thread. */
    <T> void callNow(ControlCall<T> call, Urgency urgency) {
        attempt(call, urgency, 1);
    }

    private <T> void attempt(ControlCall<T> call, Urgency urgency, int attempt) {
        Answer<T> answer = call.body().get();
        if (answer instanceof Answer.Ok<T> ok) {
            if (attempt > 1) {
                LOG.info("{} was answered after {} failed calls", call.name(), attempt - 1);
            }
            call.onOk().accept(ok.value());
        } else if (answer instanceof Answer.Refused<T> refused) {
            refused(call, urgency, attempt, refused.refusal());
        } else {
            throw new IllegalStateException("The enumerator has no code for the answer %s".formatted(answer));
        }
    }

    private <T> void refused(ControlCall<T> call, Urgency urgency, int attempt, Refusal refusal) {
        failedCalls.inc();
        if (call.onRefused().repeatAfter(refusal, attempt) && !callers.isShutdown()) {
            long backoff = backoffMillis(refusal, attempt);
            if (attempt % ATTEMPTS_BETWEEN_WARNINGS == 1) {
                LOG.warn(
                        "{} failed, {} consecutive time(s): {} ({}). The call is repeated until it is answered",
                        call.name(),
                        attempt,
                        refusal.message(),
                        refusal.kind());
            } else {
                LOG.debug("{} failed {} times. The next try is in {} ms", call.name(), attempt, backoff);
            }
            after(backoff, () -> enqueue(() -> attempt(call, urgency, attempt + 1), urgency));
        }
    }

    private static long backoffMillis(Refusal refusal, int attempt) {
        return refusal.kind() == Refusal.Kind.NOT_FOUND
                ? Math.max(SECOND_CHECK_MILLIS, backoffMillis(attempt))
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

    /** Adds the failure as suppressed and not as the cause, because many tools show only the innermost message. */
    private static IllegalStateException brokenBy(Throwable failure) {
        IllegalStateException broken = new IllegalStateException(
                """
                A call of the control plane failed in the client, not in DynamoDB: %s. The job continues from its last \
                checkpoint. If this happens repeatedly, report the error with its stack trace"""
                        .formatted(failure));
        broken.addSuppressed(failure);
        return broken;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        callers.shutdownNow();
    }
}
