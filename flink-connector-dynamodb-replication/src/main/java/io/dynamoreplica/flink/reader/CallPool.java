/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.reader.cursor.SplitCall;
import io.dynamoreplica.flink.service.DynamoDbService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The threads that make calls and send the answers to the fetcher. They decide nothing. */
final class CallPool implements AutoCloseable {

    /** The time after which a thread without work ends. */
    private static final long IDLE_SECONDS = 30;

    private final DynamoDbService service;
    private final Consumer<Message> fetcher;
    private final ExecutorService threads;

    /**
     * @param size the largest number of calls under way
     * @param fetcher told of every answer; safe for use by any thread
     */
    CallPool(DynamoDbService service, int size, Consumer<Message> fetcher) {
        this.service = service;
        this.fetcher = fetcher;
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size, size, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named());
        pool.allowCoreThreadTimeOut(true);
        this.threads = pool;
    }

    private static ThreadFactory named() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "dynamodb-reader-call-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    void start(String splitId, SplitCall call) {
        threads.execute(() -> fetcher.accept(make(splitId, call)));
    }

    private Message make(String splitId, SplitCall call) {
        try {
            return new Message.Answered(splitId, call, call.on(service));
        } catch (Throwable cause) {
            // The fetcher fails the job, for any cause.
            return new Message.Crashed(splitId, call, cause);
        }
    }

    /** Interrupts the calls under way. It does not wait for them: their answers are not needed. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
