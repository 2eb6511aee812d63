/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.ScanRequest;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;

/** A call that a split needs next. A value: the owner of the service makes the call, on any thread. */
public sealed interface SplitCall {

    /** Makes the call; blocks until DynamoDB has answered. */
    Answer<?> on(DynamoDbService service);

    /** Returns the name of the operation in DynamoDB's API, for errors and logs. */
    String operation();

    /** Asks for a page of a segment; the result is a {@code ScanPage}. */
    record Scan(ScanRequest request) implements SplitCall {
        @Override
        public Answer<?> on(DynamoDbService service) {
            return service.scan(request);
        }

        @Override
        public String operation() {
            return "Scan";
        }
    }

    /** Asks for the names of the key attributes; the result is a {@code TableDescription}. */
    record DescribeTable(String table) implements SplitCall {
        @Override
        public Answer<?> on(DynamoDbService service) {
            return service.describeTable(table);
        }

        @Override
        public String operation() {
            return "DescribeTable";
        }
    }

    /** Asks for an iterator; the result is a {@code String}. */
    record GetShardIterator(ShardKey shard, ShardPosition position) implements SplitCall {
        @Override
        public Answer<?> on(DynamoDbService service) {
            return service.shardIterator(shard, position);
        }

        @Override
        public String operation() {
            return "GetShardIterator";
        }
    }

    /** Asks for a page of a shard; the result is a {@code ShardPage}. */
    record GetRecords(ShardKey shard, String iterator) implements SplitCall {
        @Override
        public Answer<?> on(DynamoDbService service) {
            return service.records(shard, iterator);
        }

        @Override
        public String operation() {
            return "GetRecords";
        }
    }
}
