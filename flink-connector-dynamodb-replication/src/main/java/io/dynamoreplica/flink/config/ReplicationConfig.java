/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.policy.HandOver;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.projection.Projection;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.apache.flink.annotation.Internal;

/**
 * The whole configuration of a source: immutable, complete, and checked as far as that is possible
 * without a call to AWS.
 *
 * @param tables at least one table, each named once
 * @param job the configuration that all tables share
 */
@Internal
public record ReplicationConfig(List<TableConfig> tables, JobConfig job) implements Serializable {

    public ReplicationConfig {
        tables = List.copyOf(tables);
        Objects.requireNonNull(job, "job");
        if (tables.isEmpty()) {
            throw new IllegalArgumentException("There is no table to replicate");
        }
        if (tables.stream().map(TableConfig::table).distinct().count() < tables.size()) {
            throw new IllegalArgumentException("A table is configured twice: %s".formatted(tables));
        }
    }

    /** Returns the configuration of one table. */
    public TableConfig table(String name) {
        return tables.stream()
                .filter(table -> table.table().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Table %s is not configured".formatted(name)));
    }

    /**
     * The configuration that all tables of a job share.
     *
     * @param aws the options whose keys begin with {@code aws.}, unchanged; {@code service.aws}
     *     parses them
     * @param discoveryInterval the time between two listings of a stream's shards; the end of a shard
     *     also requests a listing
     */
    public record JobConfig(Map<String, String> aws, Duration discoveryInterval, Reader reader)
            implements Serializable {
        public JobConfig {
            aws = Map.copyOf(aws);
        }

        /** Returns a text without the values of the AWS options, because they can be secrets. */
        @Override
        public String toString() {
            return "JobConfig[aws=%s, discoveryInterval=%s, reader=%s]"
                    .formatted(aws.keySet(), discoveryInterval, reader);
        }
    }

    /**
     * The configuration of one table.
     *
     * @param table the name or the ARN
     * @param projection the parts of an item to replicate; the keys are always replicated
     * @param declaredKey the key as the user declared it, in any order; empty if not declared
     * @param needsOldImages whether records of deleted items must hold the item as it was before. SQL
     *     needs that with {@code changelog.deletes} = {@code full}; a DataStream never does
     * @param resetToken if it is not empty and differs from the one in the savepoint that the job
     *     starts from, the replication of the table starts again
     * @param schedule the times of further copies, for startup mode {@link StartupMode#FULL_TABLE}
     */
    public record TableConfig(
            String table,
            StartupMode startup,
            Projection projection,
            List<DeclaredKeyColumn> declaredKey,
            boolean needsOldImages,
            String resetToken,
            CopySchedule schedule,
            Scan scan,
            Stream stream)
            implements Serializable {

        public TableConfig {
            Objects.requireNonNull(projection, "projection");
            declaredKey = List.copyOf(declaredKey);
        }

        /** Returns this configuration with another content of the items. */
        public TableConfig with(
                Projection newProjection, List<DeclaredKeyColumn> newDeclaredKey, boolean newNeedsOldImages) {
            return new TableConfig(
                    table,
                    startup,
                    newProjection,
                    newDeclaredKey,
                    newNeedsOldImages,
                    resetToken,
                    schedule,
                    scan,
                    stream);
        }
    }

    /**
     * The configuration of a table's Scan.
     *
     * @param segments {@code TotalSegments} of a new copy; with 0 the table size and the parallelism
     *     decide
     * @param pageLimit the most items in a page; 0 for DynamoDB's own limit of 1 MB
     * @param consistentRead whether each page reflects every write that was acknowledged before the
     *     request for the page
     * @param settleTime how long the Scan waits after the anchor if reads are not consistent
     * @param segmentsPerReader the number of segments that one reader reads at the same time
     */
    public record Scan(
            int segments,
            int pageLimit,
            boolean consistentRead,
            Duration settleTime,
            HandOver handOver,
            int segmentsPerReader)
            implements Serializable {

        /** Returns the most items in a page, or empty for DynamoDB's own limit. */
        public OptionalInt limit() {
            return pageLimit == 0 ? OptionalInt.empty() : OptionalInt.of(pageLimit);
        }
    }

    /**
     * The configuration of a table's stream.
     *
     * @param pollInterval the pause of an open shard after an answer without records
     * @param onGap the reaction to lost changes
     * @param closedShardsOnly whether a shard is read only after it is closed
     * @param balanceShards whether a child may wait for a checkpoint, so that a subtask with fewer
     *     shards can read it
     */
    public record Stream(Duration pollInterval, GapPolicy onGap, boolean closedShardsOnly, boolean balanceShards)
            implements Serializable {}

    /**
     * The limits of one reader.
     *
     * @param concurrentCalls the number of calls at the same time
     * @param bytesInFlight the memory for pages that are requested or fetched, but not yet emitted
     */
    public record Reader(int concurrentCalls, long bytesInFlight) implements Serializable {}
}
