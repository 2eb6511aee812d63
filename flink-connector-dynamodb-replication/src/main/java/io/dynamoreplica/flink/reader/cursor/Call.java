/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.ScanRequest;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import org.apache.flink.annotation.Internal;

/** A call that a split needs next. A value: whoever holds the service makes it, on any thread. */
@Internal
public sealed interface Call {

    /** Makes the call; blocks until DynamoDB has answered. */
    Reply on(DynamoDbService service);

    /** The operation as DynamoDB names it, for errors and logs. */
    String operation();

    record Scan(ScanRequest request) implements Call {
        @Override
        public Reply on(DynamoDbService service) {
            return new Reply.OfScan(service.scan(request));
        }

        @Override
        public String operation() {
            return "Scan";
        }
    }

    record DescribeTable(String table) implements Call {
        @Override
        public Reply on(DynamoDbService service) {
            return new Reply.OfDescribeTable(service.describeTable(table));
        }

        @Override
        public String operation() {
            return "DescribeTable";
        }
    }

    record GetShardIterator(ShardKey shard, ShardPosition position) implements Call {
        @Override
        public Reply on(DynamoDbService service) {
            return new Reply.OfGetShardIterator(service.shardIterator(shard, position));
        }

        @Override
        public String operation() {
            return "GetShardIterator";
        }
    }

    record GetRecords(ShardKey shard, String iterator) implements Call {
        @Override
        public Reply on(DynamoDbService service) {
            return new Reply.OfGetRecords(service.records(shard, iterator));
        }

        @Override
        public String operation() {
            return "GetRecords";
        }
    }
}
