/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * The script of faults on the wire. If several faults fit a request, the oldest one that strikes is
 * used. Failures of DynamoDB itself are scripted at the fake. Safe for many threads.
 */
public final class WireFaults {

    private final List<Script> scripts = new ArrayList<>();
    private final Map<WireFault, Long> met = new HashMap<>();

    WireFaults() {}

    /** The condition for requests that meet a fault, and whether it strikes this time. */
    private record Script(Predicate<WireRequest> which, WireFault fault, BooleanSupplier strikes) {}

    /** Strikes the next requests of this operation. */
    public void next(int requests, WireOperation operation, WireFault fault) {
        next(requests, WireRequest.of(operation), fault);
    }

    /**
     * Strikes the next matching requests. If a connection breaks, the SDK immediately repeats the
     * request once. So only two faults in a row are noticed.
     */
    public void next(int requests, Predicate<WireRequest> which, WireFault fault) {
        int[] left = {requests};
        add(new Script(which, fault, () -> left[0]-- > 0));
    }

    /** Strikes every request of this operation until the fault is lifted. */
    public void always(WireOperation operation, WireFault fault) {
        always(WireRequest.of(operation), fault);
    }

    /** Strikes every matching request until the fault is lifted. */
    public void always(Predicate<WireRequest> which, WireFault fault) {
        add(new Script(which, fault, () -> true));
    }

    /**
     * Strikes matching requests at random until the fault is lifted.
     *
     * @param seed decides which requests, in the order of their arrival
     * @param probability from 0 to 1
     */
    public void sometimes(long seed, double probability, Predicate<WireRequest> which, WireFault fault) {
        Random random = new Random(seed);
        add(new Script(which, fault, () -> random.nextDouble() < probability));
    }

    /** Ends all scripts with this fault. The requests that it has struck stay counted. */
    public synchronized void lift(WireFault fault) {
        scripts.removeIf(script -> script.fault == fault);
    }

    /** Ends all scripts. The requests that they have struck stay counted. */
    public synchronized void clear() {
        scripts.clear();
    }

    /** Counts the requests that this fault has struck. */
    public synchronized long met(WireFault fault) {
        return met.getOrDefault(fault, 0L);
    }

    /** Counts the requests that any fault has struck. */
    public synchronized long met() {
        return met.values().stream().mapToLong(Long::longValue).sum();
    }

    synchronized Optional<WireFault> meet(WireRequest request) {
        Optional<WireFault> fault = scripts.stream()
                .filter(script -> script.which.test(request))
                .filter(script -> script.strikes.getAsBoolean())
                .map(Script::fault)
                .findFirst();
        fault.ifPresent(struck -> met.merge(struck, 1L, Long::sum));
        return fault;
    }

    private synchronized void add(Script script) {
        scripts.add(script);
    }
}
