/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

import io.dynamoreplica.flink.service.ScanRequest;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The log of all calls in order, refused calls included. Guarded by the account's lock. */
public final class CallLog {

    private final Object lock;
    private final List<ServiceCall> calls = new ArrayList<>();
    private final List<ScanRequest> scans = new ArrayList<>();
    private final List<IteratorRequest> iterators = new ArrayList<>();

    CallLog(Object lock) {
        this.lock = lock;
    }

    /** A GetShardIterator call with the position at which it asked to begin. */
    public record IteratorRequest(ShardKey shard, ShardPosition position) {}

    /**
     * Returns every Scan with its segment and position. This shows whether a page was requested
     * again.
     */
    public List<ScanRequest> scans() {
        synchronized (lock) {
            return List.copyOf(scans);
        }
    }

    public List<IteratorRequest> iterators() {
        synchronized (lock) {
            return List.copyOf(iterators);
        }
    }

    public List<ServiceCall> calls() {
        synchronized (lock) {
            return List.copyOf(calls);
        }
    }

    public long count(CallKind kind) {
        return count(ServiceCall.of(kind));
    }

    public long count(Predicate<ServiceCall> which) {
        synchronized (lock) {
            return calls.stream().filter(which).count();
        }
    }

    /** Forgets all calls, for a test with several steps. */
    public void clear() {
        synchronized (lock) {
            calls.clear();
            scans.clear();
            iterators.clear();
        }
    }

    void add(ServiceCall call) {
        calls.add(call);
    }

    void add(ScanRequest request) {
        scans.add(request);
    }

    void add(IteratorRequest request) {
        iterators.add(request);
    }
}
