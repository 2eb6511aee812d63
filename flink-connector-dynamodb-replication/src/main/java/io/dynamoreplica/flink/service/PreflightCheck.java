/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service;

import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.config.ReplicationConfig.TableConfig;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.service.TableDescription.TableStream;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.annotation.Internal;

/**
 * The checks by calls before a table is read. A user can make them before the job is submitted, and the
 * job makes them when it starts. They refuse problems that only a call can show: tables that
 * do not exist or cannot be replicated, and missing permissions. They read one item and at most one page
 * of a stream per table, because only a call shows whether it is permitted.
 */
@Internal
public final class PreflightCheck {

    /** Refusals after which a job that runs would not succeed either. */
    private static final Set<Refusal.Kind> HOPELESS =
            EnumSet.of(Refusal.Kind.DENIED, Refusal.Kind.UNKNOWN, Refusal.Kind.INVALID);

    /** A pattern may have selected tables that the user does not want. */
    private static final String WITHOUT_THEM =
            """
            A table whose changes are not needed can be left out, by exceptTables(...) if a pattern selects it, or \
            be copied without its stream by a %s of its own: %s or %s."""
                    .formatted(StartupMode.OPTION, StartupMode.FULL_TABLE, StartupMode.SNAPSHOT);

    private final DynamoDbService service;

    /**
     * @param service closed by the caller
     */
    public PreflightCheck(DynamoDbService service) {
        this.service = service;
    }

    /**
     * Checks every table, one after the other.
     *
     * @throws ReplicationException with the reason for each table that cannot be replicated. If
     *     DynamoDB is not reached or throttles, only for the first table: the others would be refused
     *     in the same way
     */
    public void run(ReplicationConfig config) {
        List<String> refused = new ArrayList<>();
        for (TableConfig table : config.tables()) {
            try {
                run(table);
            } catch (ReplicationException refusal) {
                if (refusal.isForEveryTable()) {
                    throw refusal;
                }
                refused.add(refusal.getMessage());
            }
        }
        if (!refused.isEmpty()) {
            throw new ReplicationException(together(refused, config.tables().size()));
        }
    }

    private static String together(List<String> refused, int tables) {
        if (tables == 1) {
            return refused.get(0);
        }
        List<String> lines = new ArrayList<>(refused);
        if (refused.size() > 1) {
            lines.add(0, "%d of %d tables cannot be replicated:".formatted(refused.size(), tables));
        }
        lines.add(WITHOUT_THEM);
        return String.join("\n", lines);
    }

    /**
     * Checks one table.
     *
     * @throws ReplicationException if it cannot be replicated
     */
    public void run(TableConfig table) {
        TableDescription description = answered(table, "dynamodb:DescribeTable", service.describeTable(table.table()));
        refuse(TableRequirements.unmet(table, description));
        if (table.startup().streams()) {
            TableStream stream = description.stream().orElseThrow();
            ShardListing listing = answered(table, "dynamodb:DescribeStream", service.listShards(stream.streamArn()));
            refuse(TableRequirements.unmet(table, listing));
            mayReadStream(table, listing);
        }
        if (table.startup().scans()) {
            mayScan(table, description);
        }
    }

    /**
     * Asks for one item, by the request that the job will send, except for the number of items.
     *
     * @throws ReplicationException if the call is denied or would never be answered; a running job
     *     handles all other refusals
     */
    public void mayScan(TableConfig table, TableDescription description) {
        refuseIfHopeless(table, "dynamodb:Scan", service.scan(oneItem(table, description)));
    }

    /**
     * Asks for one page of one shard.
     *
     * @throws ReplicationException if the call is denied or would never be answered; a running job
     *     handles all other refusals
     */
    public void mayReadStream(TableConfig table, ShardListing listing) {
        if (listing.shards().isEmpty()) {
            return;
        }
        ShardKey shard = new ShardKey(
                table.table(), listing.streamArn(), listing.shards().get(0).shardId());
        Answer<String> iterator = service.shardIterator(shard, ShardPosition.OLDEST_KEPT);
        refuseIfHopeless(table, "dynamodb:GetShardIterator", iterator);
        if (iterator instanceof Answer.Ok<String> ok) {
            refuseIfHopeless(table, "dynamodb:GetRecords", service.records(shard, ok.value()));
        }
    }

    /** Returns a request for the first segment, or for the whole table if the number of segments is open. */
    private static ScanRequest oneItem(TableConfig table, TableDescription description) {
        int segments = Math.max(1, table.scan().segments());
        return ScanTerms.of(table)
                .ofOneItem()
                .request(new ScanSplit(table.table(), 1, 0, segments, ScanPosition.START), description.keyNames());
    }

    private static void refuse(Optional<String> unmet) {
        if (unmet.isPresent()) {
            throw new ReplicationException(unmet.get());
        }
    }

    private static void refuseIfHopeless(TableConfig table, String action, Answer<?> answer) {
        if (answer instanceof Answer.Refused<?> refused
                && HOPELESS.contains(refused.refusal().kind())) {
            throw errorFor(table, action, refused.refusal());
        }
    }

    private static <T> T answered(TableConfig table, String action, Answer<T> answer) {
        if (answer instanceof Answer.Refused<T> refused) {
            throw errorFor(table, action, refused.refusal());
        } else if (answer instanceof Answer.Ok<T> ok) {
            return ok.value();
        }
        throw new IllegalStateException("No rule handles an answer of %s".formatted(answer.getClass()));
    }

    /**
     * Returns the error for the user whose job cannot start because this call was refused.
     *
     * @param action the permission that the call needs, by its name in IAM
     */
    public static ReplicationException errorFor(TableConfig table, String action, Refusal refusal) {
        String message =
                "Table %s: %s (%s)".formatted(table.table(), advice(action, refusal.kind()), refusal.message());
        return new ReplicationException(message, refusal.kind());
    }

    private static String advice(String action, Refusal.Kind kind) {
        return switch (kind) {
            case NOT_FOUND ->
                """
                    it, or its stream, does not exist in the account and region that are used. Check its name, \
                    'aws.region', 'aws.endpoint', 'aws.streams.endpoint' and whose credentials are used.""";
            case DENIED ->
                """
                    access was denied. Allow %s on it for the credentials that are used, or check the options \
                    'aws.credentials.*'."""
                        .formatted(action);
            case UNAVAILABLE ->
                """
                    DynamoDB was not reached, or could not answer. Check 'aws.region', 'aws.endpoint', \
                    'aws.streams.endpoint' and the network between.""";
            case THROTTLED ->
                """
                    DynamoDB asked for fewer calls. Try again in a while; others in the account share the \
                    limits.""";
            case UNKNOWN ->
                """
                    %s was refused by an error that this connector does not know. Check that 'aws.endpoint' and \
                    'aws.streams.endpoint' are DynamoDB's and DynamoDB Streams' own, that nothing between changes \
                    the requests, and what the error says."""
                        .formatted(action);
            case INVALID, ITERATOR_EXPIRED, TRIMMED ->
                """
                    the service will never answer %s with this request. Check the table's name, the attributes to \
                    replicate of it, and that 'aws.endpoint' and 'aws.streams.endpoint' are DynamoDB's and \
                    DynamoDB Streams' own."""
                        .formatted(action);
        };
    }
}
