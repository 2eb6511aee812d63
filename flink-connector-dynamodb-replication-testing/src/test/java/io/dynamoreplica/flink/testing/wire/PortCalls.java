/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import static io.dynamoreplica.flink.testing.contract.Answers.ok;

import io.dynamoreplica.flink.projection.Projection;
import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.ScanRequest;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.util.OptionalInt;

/**
 * The calls of the port, each about one shard and its table.
 *
 * @param iterator at the beginning of the shard
 */
record PortCalls(ShardKey shard, String iterator) {

    static PortCalls about(ShardKey shard, DynamoDbService service) {
        return new PortCalls(shard, ok(service.shardIterator(shard, ShardPosition.BEGINNING)));
    }

    Answer<?> make(WireOperation operation, DynamoDbService service) {
        return switch (operation) {
            case LIST_TABLES -> service.listTables();
            case DESCRIBE_TABLE -> service.describeTable(shard.table());
            case SCAN ->
                service.scan(new ScanRequest(
                        new ScanSplit(shard.table(), 1, 0, 1, ScanPosition.START),
                        Projection.wholeItem(),
                        true,
                        OptionalInt.empty()));
            case DESCRIBE_STREAM -> service.listShards(shard.streamArn());
            case GET_SHARD_ITERATOR -> service.shardIterator(shard, ShardPosition.BEGINNING);
            case GET_RECORDS -> service.records(shard, iterator);
        };
    }
}
