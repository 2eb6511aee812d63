/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

import io.dynamoreplica.flink.service.Refusal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * The script of failures: refusals, of which the oldest that fits comes first, and stalls. A
 * stalled call can still be refused after its release. Guarded by the account's lock.
 */
public final class Faults {

    private final Object lock;
    private final List<Script> scripts = new ArrayList<>();
    private final Map<String, Predicate<ServiceCall>> stalls = new LinkedHashMap<>();
    private int waiting;

    Faults(Object lock) {
        this.lock = lock;
    }

    /** Refuses the next {@code calls} of this kind. */
    public void refuseNext(int calls, CallKind kind, Refusal.Kind refusal) {
        refuseNext(calls, ServiceCall.of(kind), refusal);
    }

    public void refuseNext(int calls, Predicate<ServiceCall> which, Refusal.Kind refusal) {
        synchronized (lock) {
            scripts.add(new Script(which, refusal, calls));
        }
    }

    /**
     * Makes the next call of this kind throw on the client's side, which a refusal does not do.
     *
     * @return whether that has happened
     */
    public AtomicBoolean breakNext(CallKind kind) {
        AtomicBoolean broken = new AtomicBoolean();
        refuseNext(
                1,
                call -> {
                    if (ServiceCall.of(kind).test(call) && broken.compareAndSet(false, true)) {
                        throw new IllegalStateException("A failure induced by the test");
                    }
                    return false;
                },
                Refusal.Kind.THROTTLED);
        return broken;
    }

    /** Refuses every call of this kind until {@link #clear}. */
    public void refuse(CallKind kind, Refusal.Kind refusal) {
        refuse(ServiceCall.of(kind), refusal);
    }

    /** Refuses every matching call until {@link #clear}. */
    public void refuse(Predicate<ServiceCall> which, Refusal.Kind refusal) {
        refuseNext(Integer.MAX_VALUE, which, refusal);
    }

    /** Ends all refusals. Stalls stay. */
    public void clear() {
        synchronized (lock) {
            scripts.clear();
        }
    }

    /** Makes calls to this shard wait until {@link #release}. */
    public void stall(String shardId) {
        stall(shardId, ServiceCall.toShard(shardId));
    }

    /**
     * Makes matching calls wait until {@link #release}.
     *
     * @param name by which to release them
     */
    public void stall(String name, Predicate<ServiceCall> which) {
        synchronized (lock) {
            stalls.put(name, which);
        }
    }

    /** Ends the stall of a shard or of this name. */
    public void release(String name) {
        synchronized (lock) {
            stalls.remove(name);
            lock.notifyAll();
        }
    }

    public void releaseAll() {
        synchronized (lock) {
            stalls.clear();
            lock.notifyAll();
        }
    }

    /** Counts the calls that wait now. */
    public int waiting() {
        synchronized (lock) {
            return waiting;
        }
    }

    /**
     * Applies the script to a call. The caller holds the lock, which is released while the call is
     * stalled. An interrupt ends the wait as a broken connection would, and the thread's interrupt
     * flag stays set.
     */
    Optional<Refusal> meet(ServiceCall call) {
        waiting++;
        try {
            while (stalls.values().stream().anyMatch(which -> which.test(call))) {
                lock.wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(new Refusal(Refusal.Kind.UNAVAILABLE, call + " was interrupted while waiting"));
        } finally {
            waiting--;
        }
        return refusal(call);
    }

    private Optional<Refusal> refusal(ServiceCall call) {
        for (Iterator<Script> left = scripts.iterator(); left.hasNext(); ) {
            Script script = left.next();
            if (script.which.test(call)) {
                if (--script.calls == 0) {
                    left.remove();
                }
                return Optional.of(new Refusal(script.refusal, call + " is refused by the test's script"));
            }
        }
        return Optional.empty();
    }

    private static final class Script {
        private final Predicate<ServiceCall> which;
        private final Refusal.Kind refusal;
        private int calls;

        Script(Predicate<ServiceCall> which, Refusal.Kind refusal, int calls) {
            if (calls < 1) {
                throw new IllegalArgumentException("There is nothing to refuse in " + calls);
            }
            this.which = which;
            this.refusal = refusal;
            this.calls = calls;
        }
    }
}
