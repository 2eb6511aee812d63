/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.Refusal;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that call the control plane, and how a call that fails in passing is repeated: after
 * half a second, then twice as long each time up to half a minute, for ever. A permission or a
 * connection that is lost says nothing about the data.
 */
final class ControlThreads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlThreads.class);

    private static final long FIRST_BACKOFF_MILLIS = 500;
    private static final long LONGEST_BACKOFF_MILLIS = 30_000;

    private final ScheduledThreadPoolExecutor executor;
    private final Counter failedCalls;
    private final Consumer<RuntimeException> broken;

    /**
     * @param broken takes what a task threw: without it the job would wait for ever for an answer
     */
    ControlThreads(Counter failedCalls, Consumer<RuntimeException> broken) {
        this.failedCalls = failedCalls;
        this.broken = broken;
        this.executor =
                new ScheduledThreadPoolExecutor(
                        2,
                        task -> {
                            Thread thread = new Thread(task, "dynamodb-replication-control");
                            thread.setDaemon(true);
                            return thread;
                        });
        executor.setRemoveOnCancelPolicy(true);
    }

    /**
     * A call to make until it is answered.
     *
     * @param name what is called on what, for the log
     * @param onOk takes the result, in a control thread
     * @param onRefused takes a refusal; what it returns says whether to call again
     */
    record Call<T>(
            String name, Supplier<Answer<T>> body, Consumer<T> onOk, RefusalRule onRefused) {}

    /** Whether to repeat a call that was refused; called in a control thread. */
    @FunctionalInterface
    interface RefusalRule {
        /**
         * @param failures how often in a row the call has failed, this time included
         */
        boolean repeatAfter(Refusal refusal, int failures);
    }

    void after(long delayMillis, Runnable task) {
        try {
            executor.schedule(() -> guarded(task), delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("Closed, so nothing is scheduled any more");
        }
    }

    void every(long periodMillis, Runnable task) {
        executor.scheduleWithFixedDelay(
                () -> guarded(task), periodMillis, periodMillis, TimeUnit.MILLISECONDS);
    }

    <T> void call(Call<T> call, long delayMillis) {
        after(delayMillis, () -> attempt(call, 1));
    }

    private <T> void attempt(Call<T> call, int attempt) {
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
        if (call.onRefused().repeatAfter(refusal, attempt) && !executor.isShutdown()) {
            long backoff = backoffMillis(attempt);
            if (attempt == 1) {
                LOG.warn(
                        "{} failed: {} ({}). Trying again until it is answered",
                        call.name(),
                        refusal.message(),
                        refusal.kind());
            } else {
                LOG.debug("{} failed {} times, next try in {} ms", call.name(), attempt, backoff);
            }
            after(backoff, () -> attempt(call, attempt + 1));
        }
    }

    static long backoffMillis(int attempt) {
        return Math.min(LONGEST_BACKOFF_MILLIS, FIRST_BACKOFF_MILLIS << Math.min(attempt - 1, 10));
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failure) {
            broken.accept(failure);
        } catch (Error failure) {
            broken.accept(
                    new IllegalStateException(
                            "A call of the control plane broke on the client's side", failure));
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
