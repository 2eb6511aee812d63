/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ShardListing;
import io.dynamoreplica.flink.service.TableDescription;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is refused before anything is read, and tolerated later: a job that begins without the
 * permission, the table or the stream it needs is told so at once; one that has been running waits
 * until they are back. Used by control threads.
 */
final class Admission {

    /**
     * A job that begins gives a connection this many tries: name resolution and start-up races
     * pass, a wrong endpoint does not.
     */
    private static final int TRIES_TO_CONNECT = 4;

    private final ReplicationConfig config;
    private final Set<String> admitted = ConcurrentHashMap.newKeySet();
    private final Set<String> streamsAdmitted = ConcurrentHashMap.newKeySet();

    /**
     * @param restored tables that were admitted before the checkpoint
     */
    Admission(ReplicationConfig config, Set<String> restored) {
        this.config = config;
        admitted.addAll(restored);
        streamsAdmitted.addAll(restored);
    }

    Optional<RuntimeException> admit(String table, TableDescription description) {
        admitted.add(table);
        return Optional.empty();
    }

    Optional<RuntimeException> admitStream(String table, ShardListing listing) {
        streamsAdmitted.add(table);
        return Optional.empty();
    }

    boolean refuses(String table, Refusal refusal, int attempts) {
        return !admitted.contains(table) && isFinal(refusal, attempts);
    }

    boolean refusesStream(String table, Refusal refusal, int attempts) {
        return !streamsAdmitted.contains(table) && isFinal(refusal, attempts);
    }

    private static boolean isFinal(Refusal refusal, int attempts) {
        return switch (refusal.kind()) {
            case THROTTLED -> false;
            case UNAVAILABLE -> attempts >= TRIES_TO_CONNECT;
            case DENIED, NOT_FOUND, INVALID, ITERATOR_EXPIRED, TRIMMED -> true;
        };
    }

    RuntimeException refusal(String table, Refusal refusal) {
        return new ReplicationStoppedException("Table " + table + ": " + refusal.message());
    }
}
