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
 * A bound for the end of each copy whose stream is being read: the schema is told of it.
 *
 * <p>A shard is given to a reader only once a completed checkpoint contains all rows of the copy.
 * So the copy had ended when DynamoDB gave the first answer for a shard. A later attempt of the
 * reader takes its own first answer, which is later and still a bound; therefore nothing of this is
 * kept in state. The task's thread alone uses this.
 */
final class CopyEnds {

    private final Set<String> bounded;
    private final DynamoDbDeserializationSchema<?> schema;

    /** By table, the epoch that the schema was told of last. */
    private final Map<String, Long> told = new HashMap<>();

    CopyEnds(ReplicationConfig config, DynamoDbDeserializationSchema<?> schema) {
        this.schema = schema;
        this.bounded = config.tables().stream()
                .filter(CopyEnds::followsItsCopy)
                .map(TableConfig::table)
                .collect(Collectors.toSet());
    }

    /**
     * Whether the stream brings every change since the copy, and begins only once the copy is safe.
     * Without a fence, a failure can have a part of the copy read again while the stream goes on.
     * Where losses are ignored, the stream can lack changes that an earlier attempt has emitted.
     */
    private static boolean followsItsCopy(TableConfig table) {
        return table.startup() == StartupMode.INITIAL
                && table.scan().handOver() == HandOver.CHECKPOINT
                && table.stream().onGap() != GapPolicy.IGNORE;
    }

    /**
     * @param answered when DynamoDB gave an answer for the shard, on its own clock
     */
    void learn(ShardSplit shard, Instant answered) {
        Long known = told.get(shard.table());
        boolean isNews = known == null || known < shard.epoch();
        if (isNews && bounded.contains(shard.table())) {
            told.put(shard.table(), shard.epoch());
            schema.copyEnded(shard.table(), shard.epoch(), answered.plus(Anchor.MARGIN));
        }
    }
}
