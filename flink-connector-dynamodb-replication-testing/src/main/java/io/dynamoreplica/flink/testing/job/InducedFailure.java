/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.job;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A failure in the operator behind the source, at a moment that the test chooses. Tasks find it by
 * its id.
 */
public final class InducedFailure implements AutoCloseable {

    private static final Map<String, InducedFailure> FAILURES = new ConcurrentHashMap<>();
    private static final long NOT_ARMED = -1;

    private final String id = UUID.randomUUID().toString();
    private final AtomicLong elementsLeft = new AtomicLong(NOT_ARMED);
    private final AtomicInteger strikes = new AtomicInteger();

    public InducedFailure() {
        FAILURES.put(id, this);
    }

    /**
     * Lets this many more elements pass, counted over all subtasks. Then the task that processes the
     * next element fails once.
     */
    public InducedFailure afterElements(long elements) {
        elementsLeft.set(elements);
        return this;
    }

    /** Counts how often the failure has struck. */
    public int strikes() {
        return strikes.get();
    }

    String id() {
        return id;
    }

    static InducedFailure find(String id) {
        return FAILURES.get(id);
    }

    void meet() {
        if (elementsLeft.getAndUpdate(left -> left == NOT_ARMED ? NOT_ARMED : left - 1) == 0) {
            strikes.incrementAndGet();
            throw new IllegalStateException("A failure induced by the test");
        }
    }

    @Override
    public void close() {
        FAILURES.remove(id);
    }
}
