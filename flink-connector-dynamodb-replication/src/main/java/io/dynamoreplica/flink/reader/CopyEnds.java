/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.change.DynamoDbDeserializationSchema;
import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.config.ReplicationConfig.TableConfig;
import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.policy.HandOver;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.split.Anchor;
import io.dynamoreplica.flink.split.ShardSplit;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rule that finds a time by which a copy had ended, and tells the schema. Used only by the task's
 * thread.
 *
 * <p>A shard is given to a reader only after a completed checkpoint contains all rows of the copy.
 * So the copy had ended when DynamoDB gave the first answer for a shard. A later attempt of the
 * reader takes the time of its own first answer. That time is later, and the copy had ended by then
 * as well. So nothing is kept in state.
 */
final class CopyEnds {

    private final Set<String> tablesWithCopyEnd;
    private final DynamoDbDeserializationSchema<?> schema;

    /** By table, the last epoch of which the schema was told. */
    private final Map<String, Long> told = new HashMap<>();

    CopyEnds(ReplicationConfig config, DynamoDbDeserializationSchema<?> schema) {
        this.schema = schema;
        this.tablesWithCopyEnd = config.tables().stream()
                .filter(CopyEnds::followsItsCopy)
                .map(TableConfig::table)
                .collect(Collectors.toSet());
    }

    /**
     * Returns whether the stream has every change since the copy, and is read only after the copy is safe.
     * Without a fence, a part of the copy can be read again after a failure, while the stream is
     * read. If gaps are ignored, the stream can lack changes that an earlier attempt has emitted.
     */
    private static boolean followsItsCopy(TableConfig table) {
        return table.startup() == StartupMode.INITIAL
                && table.scan().handOver() == HandOver.CHECKPOINT
                && table.stream().onGap() != GapPolicy.IGNORE;
    }

    /**
     * Tells the schema of the end of the shard's copy, unless it was told before.
     *
     * @param answered when DynamoDB gave an answer for the shard, on DynamoDB's clock
     */
    void learn(ShardSplit shard, Instant answered) {
        Long known = told.get(shard.table());
        boolean isUntold = known == null || known < shard.epoch();
        if (isUntold && tablesWithCopyEnd.contains(shard.table())) {
            told.put(shard.table(), shard.epoch());
            schema.copyEnded(shard.table(), shard.epoch(), answered.plus(Anchor.CLOCK_TOLERANCE));
        }
    }
}
