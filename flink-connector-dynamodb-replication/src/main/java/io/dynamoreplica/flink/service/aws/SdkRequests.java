/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import io.dynamoreplica.flink.projection.ProjectionExpression;
import io.dynamoreplica.flink.service.ScanRequest;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;

/** The conversion of our requests to those of the SDK. */
final class SdkRequests {

    private SdkRequests() {}

    static software.amazon.awssdk.services.dynamodb.model.ScanRequest scan(ScanRequest request) {
        var scan = software.amazon.awssdk.services.dynamodb.model.ScanRequest.builder()
                .tableName(request.split().table())
                .segment(request.split().segment())
                .totalSegments(request.split().totalSegments())
                .consistentRead(request.consistentRead())
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
        request.pageLimit().ifPresent(scan::limit);
        if (request.split().position() instanceof ScanPosition.After after) {
            scan.exclusiveStartKey(SdkKeys.write(after.lastEvaluatedKey()));
        }
        request.projection().expression().ifPresent(expression -> project(scan, expression));
        return scan.build();
    }

    private static void project(
            software.amazon.awssdk.services.dynamodb.model.ScanRequest.Builder scan, ProjectionExpression expression) {
        scan.projectionExpression(expression.text());
        if (!expression.attributeNames().isEmpty()) {
            scan.expressionAttributeNames(expression.attributeNames());
        }
    }

    static GetShardIteratorRequest shardIterator(ShardKey shard, ShardPosition position) {
        GetShardIteratorRequest.Builder request =
                GetShardIteratorRequest.builder().streamArn(shard.streamArn()).shardId(shard.shardId());
        if (position instanceof ShardPosition.After after) {
            request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER).sequenceNumber(after.sequenceNumber());
        } else if (position instanceof ShardPosition.End) {
            throw new IllegalArgumentException(
                    "Shard %s was read to its end; there is no iterator".formatted(shard.shardId()));
        } else if (position instanceof ShardPosition.Beginning || position instanceof ShardPosition.OldestKept) {
            request.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
        } else {
            throw new IllegalArgumentException("No iterator is known for a position of %s".formatted(position));
        }
        return request.build();
    }
}
