/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.config.ReplicationConfig.TableConfig;
import io.dynamoreplica.flink.protocol.TableState;
import io.dynamoreplica.flink.protocol.TableState.Identity;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.PreflightCheck;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ReplicationException;
import io.dynamoreplica.flink.service.ShardListing;
import io.dynamoreplica.flink.service.TableDescription;
import io.dynamoreplica.flink.service.TableRequirements;
import java.util.Collection;
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
    static final int TRIES_TO_CONNECT = 4;

    private final ReplicationConfig config;
    private final PreflightCheck preflight;
    private final Set<String> tables = ConcurrentHashMap.newKeySet();
    private final Set<String> streams = ConcurrentHashMap.newKeySet();

    /** Of a checkpoint, those that have not been described since: options may have changed. */
    private final Set<String> restored = ConcurrentHashMap.newKeySet();

    /**
     * @param service asked for one item and one page of a stream, because a permission shows in no
     *     other way
     * @param restored what a checkpoint holds of each table; one that never had a copy, or was not
     *     described since its mandate changed, was still being looked at, and had not been admitted
     */
    Admission(ReplicationConfig config, DynamoDbService service, Collection<TableState> restored) {
        this.config = config;
        this.preflight = new PreflightCheck(service);
        restored.stream()
                .filter(table -> table.epoch() > 0)
                .filter(table -> !table.identity().equals(Identity.UNKNOWN))
                .map(TableState::table)
                .forEach(this::admitted);
    }

    private void admitted(String table) {
        restored.add(table);
        tables.add(table);
        streams.add(table);
    }

    /**
     * Why a table cannot be replicated. After a restore, what the options ask of the table's key,
     * of deletes and of the length of the projection is compared as well, since options may have
     * been changed.
     */
    Optional<RuntimeException> admit(String name, TableDescription description) {
        TableConfig table = config.table(name);
        if (tables.contains(name)) {
            boolean first = restored.remove(name);
            return TableRequirements.unmetAgain(table, description)
                    .or(() -> first ? TableRequirements.unmetDeletes(table, description) : Optional.empty())
                    .map(ReplicationStoppedException::new);
        }
        Optional<String> unmet = TableRequirements.unmet(table, description);
        if (unmet.isPresent()) {
            return unmet.map(ReplicationStoppedException::new);
        }
        Optional<RuntimeException> denied =
                table.startup().scans() ? denied(() -> preflight.mayScan(table, description)) : Optional.empty();
        if (denied.isEmpty()) {
            tables.add(name);
        }
        return denied;
    }

    /** Why the table's stream does not record what is asked of it, and what to do. */
    Optional<String> unfitStream(String table, TableDescription description) {
        return TableRequirements.unfitStream(config.table(table), description);
    }

    Optional<RuntimeException> admitStream(String name, ShardListing listing) {
        if (streams.contains(name)) {
            return Optional.empty();
        }
        TableConfig table = config.table(name);
        Optional<String> unmet = TableRequirements.unmet(table, listing);
        if (unmet.isPresent()) {
            return unmet.map(ReplicationStoppedException::new);
        }
        Optional<RuntimeException> denied = denied(() -> preflight.mayReadStream(table, listing));
        if (denied.isEmpty()) {
            streams.add(name);
        }
        return denied;
    }

    private static Optional<RuntimeException> denied(Runnable probe) {
        try {
            probe.run();
            return Optional.empty();
        } catch (ReplicationException refused) {
            return Optional.of(ReplicationStoppedException.of(refused));
        }
    }

    /** Whether a refusal of DescribeTable ends a job that begins. */
    boolean refusesTable(String name, Refusal refusal, int attempts) {
        return !tables.contains(name) && isFinal(refusal, attempts);
    }

    /** Whether a refusal of DescribeStream ends a job that begins. */
    boolean refusesStream(String name, Refusal refusal, int attempts) {
        return !streams.contains(name) && isFinal(refusal, attempts);
    }

    private static boolean isFinal(Refusal refusal, int attempts) {
        return switch (refusal.kind()) {
            case THROTTLED -> false;
            case UNAVAILABLE -> attempts >= TRIES_TO_CONNECT;
            case DENIED, NOT_FOUND, UNKNOWN, INVALID, ITERATOR_EXPIRED, TRIMMED -> true;
        };
    }

    RuntimeException tableRefusal(String name, Refusal refusal) {
        return refusal(name, "dynamodb:DescribeTable", refusal);
    }

    RuntimeException streamRefusal(String name, Refusal refusal) {
        return refusal(name, "dynamodb:DescribeStream", refusal);
    }

    private RuntimeException refusal(String name, String action, Refusal refusal) {
        return ReplicationStoppedException.of(PreflightCheck.refusal(config.table(name), action, refusal));
    }
}
