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
 * The whole configuration of a source: immutable, complete, and valid as far as that can be told
 * without a call.
 *
 * @param tables at least one, each named once
 * @param job what holds for all of them
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
            throw new IllegalArgumentException("A table is configured twice: " + tables);
        }
    }

    /**
     * What is shared by all tables of a job.
     *
     * @param aws the options whose keys begin with {@code aws.}, to the letter: {@code service.aws}
     *     reads them
     * @param discoveryInterval time between two listings of a stream's shards; a shard's end also
     *     asks for one
     */
    public record JobConfig(Map<String, String> aws, Duration discoveryInterval, Reader reader)
            implements Serializable {
        public JobConfig {
            aws = Map.copyOf(aws);
        }

        /** Without the values of the AWS options, which may be secrets. */
        @Override
        public String toString() {
            return "JobConfig[aws="
                    + aws.keySet()
                    + ", discoveryInterval="
                    + discoveryInterval
                    + ", reader="
                    + reader
                    + "]";
        }
    }

    /**
     * What to do with one table.
     *
     * @param renewal when the table is copied again
     */
    public record TableConfig(String table, StartupMode startup, Fields fields, Renewal renewal, Reading reading)
            implements Serializable {

        /** Which parts of an item to replicate. */
        public Projection projection() {
            return fields.projection();
        }

        /** See {@link Fields}. */
        public List<DeclaredKeyColumn> declaredKey() {
            return fields.declaredKey();
        }

        /** See {@link Fields}. */
        public boolean needsOldImages() {
            return fields.oldImages();
        }

        public Scan scan() {
            return reading.scan();
        }

        public Stream stream() {
            return reading.stream();
        }

        /** The same table, with other parts of its items. */
        public TableConfig with(Fields other) {
            return new TableConfig(table, startup, other, renewal, reading);
        }
    }

    /**
     * What is taken of an item.
     *
     * @param projection which parts of an item to replicate; the keys are replicated whatever it
     *     says
     * @param declaredKey the key as the user declared it, in any order; empty if not declared
     * @param oldImages whether records of deleted items must hold the item as it was before. SQL
     *     asks for that with {@code changelog.deletes} = {@code full}; a DataStream never does
     */
    public record Fields(Projection projection, List<DeclaredKeyColumn> declaredKey, boolean oldImages)
            implements Serializable {

        /** For those who can do without old images. */
        public Fields(Projection projection, List<DeclaredKeyColumn> declaredKey) {
            this(projection, declaredKey, false);
        }

        public Fields {
            Objects.requireNonNull(projection, "projection");
            declaredKey = List.copyOf(declaredKey);
        }
    }

    /** How a table is read. */
    public record Reading(Scan scan, Stream stream) implements Serializable {}

    /**
     * When a table is copied again.
     *
     * @param resetToken another one than in the savepoint that the job starts from asks for a fresh
     *     copy; empty if not set, which asks for nothing
     * @param schedule for startup mode {@link StartupMode#FULL_TABLE}
     */
    public record Renewal(String resetToken, CopySchedule schedule) implements Serializable {}

    /**
     * How a table is scanned.
     *
     * @param segments {@code TotalSegments} of a new epoch; 0 to choose by table size and
     *     parallelism
     * @param pageLimit the most items of a page; 0 for DynamoDB's own limit of 1 MB
     * @param segmentsPerReader how many segments one reader reads at a time
     */
    public record Scan(int segments, int pageLimit, Consistency consistency, HandOver handOver, int segmentsPerReader)
            implements Serializable {

        public OptionalInt limit() {
            return pageLimit == 0 ? OptionalInt.empty() : OptionalInt.of(pageLimit);
        }
    }

    /**
     * @param consistentRead whether each page reflects every write acknowledged before it was asked
     *     for
     * @param settleTime how long the Scan waits after the anchor if not
     */
    public record Consistency(boolean consistentRead, Duration settleTime) implements Serializable {}

    /**
     * How a stream is read.
     *
     * @param pollInterval how long an open shard rests after an answer without records
     * @param onGap what is done about changes that were lost
     * @param closedShardsOnly whether a shard is read only once it is closed
     * @param balanceShards whether a child may wait for a checkpoint, so that a subtask with fewer
     *     shards can read it
     */
    public record Stream(Duration pollInterval, GapPolicy onGap, boolean closedShardsOnly, boolean balanceShards)
            implements Serializable {}

    /**
     * What a reader may use.
     *
     * @param concurrentCalls calls under way at a time
     * @param bytesInFlight pages asked for or fetched and not yet emitted
     */
    public record Reader(int concurrentCalls, long bytesInFlight) implements Serializable {}

    public TableConfig table(String name) {
        return tables.stream()
                .filter(table -> table.table().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Table " + name + " is not configured"));
    }
}
