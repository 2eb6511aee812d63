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
 * The checks that a table has to pass before the job reads it. If a new job lacks a permission, the table or the
 * stream, it fails immediately. If a job that has been running lacks them, it waits until they are back. A running job
 * fails only if a table does not fit the options about its key, projection or deletes. Used by control threads.
 */
final class Admission {

    /**
     * How often a new job tries to connect. A failed name resolution or a server that is still starting is transient; a
     * wrong endpoint is not.
     */
    static final int TRIES_TO_CONNECT = 4;

    private final ReplicationConfig config;
    private final PreflightCheck preflight;

    /** The tables that have passed. */
    private final Set<String> tables = ConcurrentHashMap.newKeySet();

    /** The tables whose streams have passed. */
    private final Set<String> streams = ConcurrentHashMap.newKeySet();

    /** The tables of the checkpoint that were not described since the restore: options may have changed. */
    private final Set<String> restored = ConcurrentHashMap.newKeySet();

    /**
     * @param service reads one item and one page of a stream, because only that shows a permission
     * @param restored the tables of a checkpoint. A table without a copy, and a table that was not described since its
     *     start request changed, had not passed the checks yet
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
     * Returns why a table cannot be replicated. If the table was admitted before, it is compared with the options about
     * its key and the length of its projection each time, and with the option about deletes once after a restore,
     * because options may have changed.
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

    /** Returns why the table's stream does not record what the job needs, and what to do. */
    Optional<String> unfitStream(String table, TableDescription description) {
        return TableRequirements.unfitStream(config.table(table), description);
    }

    /** Returns why a table's stream cannot be read. */
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

    /** Returns whether a refusal of DescribeTable stops the job, because it is new. */
    boolean refusesTable(String name, Refusal refusal, int attempts) {
        return !tables.contains(name) && isFinal(refusal, attempts);
    }

    /** Returns whether a refusal of DescribeStream stops the job, because it is new. */
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
        return ReplicationStoppedException.of(PreflightCheck.errorFor(config.table(name), action, refusal));
    }
}
