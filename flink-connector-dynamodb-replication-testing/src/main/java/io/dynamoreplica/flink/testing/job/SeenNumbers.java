/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.job;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * The set of numbers that a job has let through, whether they came once or more often. Tasks find
 * it by its id.
 */
public final class SeenNumbers implements AutoCloseable {

    private static final Map<String, SeenNumbers> ALL = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private final Set<Long> numbers = ConcurrentHashMap.newKeySet();

    public SeenNumbers() {
        ALL.put(id, this);
    }

    public boolean has(Set<Long> wanted) {
        return numbers.containsAll(wanted);
    }

    /**
     * Returns a function that lets numbers through, and fails when the test induces the failure.
     */
    public MapFunction<Long, Long> failingBy(InducedFailure failure) {
        return new LetThrough(id, failure.id());
    }

    @Override
    public void close() {
        ALL.remove(id);
    }

    private record LetThrough(String seen, String failure) implements MapFunction<Long, Long> {
        @Override
        public Long map(Long number) {
            InducedFailure.find(failure).meet();
            ALL.get(seen).numbers.add(number);
            return number;
        }
    }
}
