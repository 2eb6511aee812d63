/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import java.util.Arrays;
import java.util.Optional;

/** The simulated operations, with their names in {@code X-Amz-Target}. */
public enum WireOperation {
    LIST_TABLES("DynamoDB_20120810.ListTables"),
    DESCRIBE_TABLE("DynamoDB_20120810.DescribeTable"),
    SCAN("DynamoDB_20120810.Scan"),
    DESCRIBE_STREAM("DynamoDBStreams_20120810.DescribeStream"),
    GET_SHARD_ITERATOR("DynamoDBStreams_20120810.GetShardIterator"),
    GET_RECORDS("DynamoDBStreams_20120810.GetRecords");

    private final String target;

    WireOperation(String target) {
        this.target = target;
    }

    /** Returns the action of IAM that allows the operation. Both services have the prefix {@code dynamodb}. */
    public String action() {
        return "dynamodb:" + target.substring(target.indexOf('.') + 1);
    }

    static Optional<WireOperation> of(String target) {
        return Arrays.stream(values()).filter(one -> one.target.equals(target)).findFirst();
    }
}
