/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.world;

import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.testing.fake.CallKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Refusals of calls without a cause in the calls: for a while all calls of some kinds (a storm), and single calls
 * by chance.
 */
final class RefusalStorms {

    /** The calls of a running job. Tables are listed before the job runs. */
    private static final List<CallKind> KINDS = List.of(
            CallKind.DESCRIBE_TABLE, CallKind.LIST_SHARDS, CallKind.SCAN, CallKind.SHARD_ITERATOR, CallKind.RECORDS);

    private static final List<Refusal.Kind> PASSING =
            List.of(Refusal.Kind.THROTTLED, Refusal.Kind.UNAVAILABLE, Refusal.Kind.DENIED);

    private final Conditions conditions;
    private final Map<CallKind, Storm> storms = new EnumMap<>(CallKind.class);

    private record Storm(Refusal.Kind refusal, long until) {}

    RefusalStorms(Conditions conditions) {
        this.conditions = conditions;
    }

    /** Begins to refuse a kind of call, or all calls, for seconds or minutes, and sometimes for hours. */
    String storm(long now) {
        Refusal.Kind refusal = conditions.any(PASSING);
        long most = conditions.happens(10) ? 8 * StreamRetention.HOUR : 5 * 60_000;
        long millis = 1 + conditions.upTo(most);
        List<CallKind> kinds = conditions.happens(30) ? KINDS : List.of(conditions.any(KINDS));
        kinds.forEach(kind -> storms.put(kind, new Storm(refusal, now + millis)));
        return kinds + " " + refusal + " for " + millis + " ms";
    }

    /** Returns the reason why a call is refused; empty if it is not refused. */
    Optional<Refusal> refusal(CallKind kind, long now) {
        if (conditions.plan().refusals().storms()) {
            Storm storm = storms.get(kind);
            if (storm != null && now < storm.until()) {
                return Optional.of(new Refusal(storm.refusal(), kind + " in a storm"));
            }
        }
        if (conditions.happens(conditions.plan().refusals().percent())) {
            return Optional.of(new Refusal(conditions.any(PASSING), kind + " by chance"));
        }
        return Optional.empty();
    }
}
