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
 * What goes wrong on the wire, by script: of all faults that fit a request the oldest that strikes.
 * What goes wrong at DynamoDB itself is scripted at the fake. Safe for many threads.
 */
public final class WireFaults {

    private final List<Script> scripts = new ArrayList<>();
    private final Map<WireFault, Long> met = new HashMap<>();

    WireFaults() {}

    /** Who meets a fault, and whether it strikes this time. */
    private record Script(Predicate<WireRequest> which, WireFault fault, BooleanSupplier strikes) {}

    /** Strikes the next requests of this operation. */
    public void next(int requests, WireOperation operation, WireFault fault) {
        next(requests, WireRequest.of(operation), fault);
    }

    /**
     * Strikes the next such requests. The SDK makes a request again, at once and once, whose
     * connection broke: it takes two in a row to be noticed.
     */
    public void next(int requests, Predicate<WireRequest> which, WireFault fault) {
        int[] left = {requests};
        add(new Script(which, fault, () -> left[0]-- > 0));
    }

    /** Strikes every request of this operation until it is lifted. */
    public void always(WireOperation operation, WireFault fault) {
        always(WireRequest.of(operation), fault);
    }

    /** Strikes every such request until it is lifted. */
    public void always(Predicate<WireRequest> which, WireFault fault) {
        add(new Script(which, fault, () -> true));
    }

    /**
     * Strikes such requests at random until it is lifted.
     *
     * @param seed decides which, in the order in which they come
     * @param probability from 0 to 1
     */
    public void sometimes(long seed, double probability, Predicate<WireRequest> which, WireFault fault) {
        Random random = new Random(seed);
        add(new Script(which, fault, () -> random.nextDouble() < probability));
    }

    /** Ends what was scripted with this fault; what it has struck stays counted. */
    public synchronized void lift(WireFault fault) {
        scripts.removeIf(script -> script.fault == fault);
    }

    /** Lifts all; what they have struck stays counted. */
    public synchronized void clear() {
        scripts.clear();
    }

    /** How many requests it has struck. */
    public synchronized long met(WireFault fault) {
        return met.getOrDefault(fault, 0L);
    }

    /** How many requests any fault has struck. */
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
