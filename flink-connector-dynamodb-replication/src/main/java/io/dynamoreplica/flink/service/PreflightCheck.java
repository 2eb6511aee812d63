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
 * Refuses, before a job is submitted, what only a call can tell: tables that do not exist or are
 * not fit, and permissions that are missing. Reads one item and at most one page of a stream per
 * table, because the permission for a call shows in no other way.
 */
@Internal
public final class PreflightCheck {

    private static final Set<Refusal.Kind> FUTILE =
            EnumSet.of(Refusal.Kind.DENIED, Refusal.Kind.UNKNOWN, Refusal.Kind.INVALID);

    /** Of many tables some may not be meant. */
    private static final String WITHOUT_THEM =
            "A table that is not to be followed can be left out, by exceptTables(...) if a pattern"
                    + " selects it, or be copied without its stream by a "
                    + StartupMode.OPTION
                    + " of its own: "
                    + StartupMode.FULL_TABLE
                    + " or "
                    + StartupMode.SNAPSHOT
                    + ".";

    private final DynamoDbService service;

    /** The service stays the caller's to close. */
    public PreflightCheck(DynamoDbService service) {
        this.service = service;
    }

    /**
     * Checks every table, one after the other.
     *
     * @throws ReplicationException saying of each table that cannot be replicated why; of the first
     *     alone if DynamoDB is not reached, or asks for fewer calls: the others would fare the same
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
        String head =
                refused.size() == 1 ? "" : "%d of %d tables cannot be replicated:\n".formatted(refused.size(), tables);
        return head + String.join("\n", refused) + "\n" + WITHOUT_THEM;
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
     * Asks for one item, by the request that the job will send but for the number of items.
     *
     * @throws ReplicationException if that is denied, or would never be answered; whatever else it
     *     is refused for, a running job copes with
     */
    public void mayScan(TableConfig table, TableDescription description) {
        refuseIfFutile(table, "dynamodb:Scan", service.scan(oneItem(table, description)));
    }

    /**
     * Asks for one page of one shard.
     *
     * @throws ReplicationException if that is denied, or would never be answered; whatever else it
     *     is refused for, a running job copes with
     */
    public void mayReadStream(TableConfig table, ShardListing listing) {
        if (listing.shards().isEmpty()) {
            return;
        }
        ShardKey shard = new ShardKey(
                table.table(), listing.streamArn(), listing.shards().get(0).shardId());
        Answer<String> iterator = service.shardIterator(shard, ShardPosition.OLDEST_KEPT);
        refuseIfFutile(table, "dynamodb:GetShardIterator", iterator);
        if (iterator instanceof Answer.Ok<String> ok) {
            refuseIfFutile(table, "dynamodb:GetRecords", service.records(shard, ok.value()));
        }
    }

    /** Of the first segment, or of the whole table while the number of segments is not known. */
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

    private static void refuseIfFutile(TableConfig table, String action, Answer<?> answer) {
        if (answer instanceof Answer.Refused<?> refused
                && FUTILE.contains(refused.refusal().kind())) {
            throw refusal(table, action, refused.refusal());
        }
    }

    private static <T> T answered(TableConfig table, String action, Answer<T> answer) {
        if (answer instanceof Answer.Refused<T> refused) {
            throw refusal(table, action, refused.refusal());
        }
        return ((Answer.Ok<T>) answer).value();
    }

    /**
     * What to tell the user whose job cannot begin because this call was refused.
     *
     * @param action the permission that the call needs, as IAM names it
     */
    public static ReplicationException refusal(TableConfig table, String action, Refusal refusal) {
        String advice =
                switch (refusal.kind()) {
                    case NOT_FOUND ->
                        "it, or its stream, does not exist in the account and region that are"
                                + " used. Check its name, 'aws.region', 'aws.endpoint',"
                                + " 'aws.streams.endpoint' and whose credentials are used.";
                    case DENIED ->
                        "access was denied. Allow "
                                + action
                                + " on it to whose credentials are used, or check the options"
                                + " 'aws.credentials.*'.";
                    case UNAVAILABLE ->
                        "DynamoDB was not reached, or could not answer. Check 'aws.region',"
                                + " 'aws.endpoint', 'aws.streams.endpoint' and the network"
                                + " between.";
                    case THROTTLED ->
                        "DynamoDB asked for fewer calls. Try again in a while; others in the"
                                + " account share the limits.";
                    case UNKNOWN ->
                        action
                                + " was refused by an error that this connector does not know."
                                + " Check that 'aws.endpoint' and 'aws.streams.endpoint' are"
                                + " DynamoDB's and DynamoDB Streams' own, that nothing between"
                                + " changes what is sent, and what the error says.";
                    case INVALID, ITERATOR_EXPIRED, TRIMMED ->
                        "the service will never answer "
                                + action
                                + " as it was asked. Check the table's name, what is to be"
                                + " replicated of it, and that 'aws.endpoint' and"
                                + " 'aws.streams.endpoint' are DynamoDB's and DynamoDB"
                                + " Streams' own.";
                };
        return new ReplicationException(
                "Table " + table.table() + ": " + advice + " (" + refusal.message() + ")", refusal.kind());
    }
}
