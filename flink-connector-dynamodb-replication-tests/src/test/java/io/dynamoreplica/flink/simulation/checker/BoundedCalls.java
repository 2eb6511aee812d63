/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.checker;

import io.dynamoreplica.flink.protocol.ProtocolEvent;
import io.dynamoreplica.flink.reader.cursor.SplitCall;
import io.dynamoreplica.flink.simulation.engine.Job;
import io.dynamoreplica.flink.simulation.engine.Observation;
import java.util.HashMap;
import java.util.Map;

/**
 * The checker of P6: every call has a reason. Each event that needs a listing or a description allows a
 * few calls, and the passing of time allows one in each quarter of a second. A reader makes only a few
 * calls for one split before time passes or a record is emitted.
 */
public final class BoundedCalls implements Checker {

    /** The number of calls that an event allows, repeated calls included. Chosen. */
    private static final long PER_EVENT = 4;

    /** The shortest time between two listings that are due by time alone. */
    private static final long SHORTEST_RETRY = 250;

    private static final long BURST = 20;

    private long credit = BURST;
    private long paidUntil = Long.MIN_VALUE;
    private final Map<Object, Long> calls = new HashMap<>();

    @Override
    public void observe(Observation observation, Job job) {
        pay(job.world().now());
        if (observation instanceof Observation.Heard heard && asksForCalls(heard.event())) {
            credit += PER_EVENT * job.plan().rules().size();
        } else if (observation instanceof Observation.ControlCall call) {
            expect(--credit >= 0, call.operation() + " of " + call.table() + " without a cause");
        } else if (observation instanceof Observation.Called called) {
            long made = calls.merge(what(called), 1L, Long::sum);
            expect(made <= BURST, called.call().operation() + " is called repeatedly without a cause");
        } else if (observation instanceof Observation.Passing passing) {
            calls.remove(passing.split().splitId());
        }
    }

    /**
     * Returns the identity of a call. Every page of a segment is another call. All calls for a shard without a
     * record between them count as the same.
     */
    private static Object what(Observation.Called called) {
        return called.call() instanceof SplitCall.Scan scan
                ? scan.request().split()
                : called.split().splitId();
    }

    private void pay(long now) {
        if (paidUntil == Long.MIN_VALUE) {
            paidUntil = now;
        }
        long spans = (now - paidUntil) / SHORTEST_RETRY;
        if (spans > 0) {
            credit = Math.max(credit, Math.min(credit + spans, BURST));
            paidUntil += spans * SHORTEST_RETRY;
        }
        if (now > lastCalls) {
            calls.clear();
            lastCalls = now;
        }
    }

    private long lastCalls = Long.MIN_VALUE;

    private static boolean asksForCalls(ProtocolEvent event) {
        return event instanceof ProtocolEvent.Started
                || event instanceof ProtocolEvent.DiscoveryDue
                || event instanceof ProtocolEvent.SplitsEnded
                || event instanceof ProtocolEvent.NothingGiven
                || event instanceof ProtocolEvent.ReaderReported
                || event instanceof ProtocolEvent.TableDescribed
                || event instanceof ProtocolEvent.SplitsWithdrawn
                || event instanceof ProtocolEvent.CheckpointCompleted;
    }
}
