/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.Refusal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The part of the simulator that turns a request into the reply that DynamoDB would give. */
final class WireProtocol {

    /**
     * The supported parameters. A request with any other parameter is refused, so that no test
     * relies on it.
     */
    private static final Map<WireOperation, Set<String>> PARAMETERS = Map.of(
            WireOperation.LIST_TABLES, Set.of("ExclusiveStartTableName", "Limit"),
            WireOperation.DESCRIBE_TABLE, Set.of("TableName"),
            WireOperation.SCAN,
                    Set.of(
                            "TableName",
                            "Segment",
                            "TotalSegments",
                            "ExclusiveStartKey",
                            "Limit",
                            "ConsistentRead",
                            "ProjectionExpression",
                            "ExpressionAttributeNames",
                            "ReturnConsumedCapacity"),
            WireOperation.DESCRIBE_STREAM, Set.of("StreamArn", "Limit", "ExclusiveStartShardId", "ShardFilter"),
            WireOperation.GET_SHARD_ITERATOR, Set.of("StreamArn", "ShardId", "ShardIteratorType", "SequenceNumber"),
            WireOperation.GET_RECORDS, Set.of("ShardIterator"));

    private final TableCalls tables;
    private final StreamCalls streams;

    WireProtocol(TableCalls tables, StreamCalls streams) {
        this.tables = tables;
        this.streams = streams;
    }

    HttpReply reply(WireRequest request) {
        Answer<String> answer = answer(request);
        if (answer instanceof Answer.Refused<String> refused) {
            Refusal refusal = refused.refusal();
            return ErrorCode.of(refusal.kind(), request.operation()).reply(refusal.message());
        }
        return HttpReply.json(200, ((Answer.Ok<String>) answer).value());
    }

    private Answer<String> answer(WireRequest request) {
        JsonObject body = request.body();
        Optional<String> unknown = body.anyBut(PARAMETERS.get(request.operation()));
        if (unknown.isPresent()) {
            return Answer.refused(
                    Refusal.Kind.INVALID, request.operation() + " is simulated without the parameter " + unknown.get());
        }
        return switch (request.operation()) {
            case LIST_TABLES -> tables.listTables(body);
            case DESCRIBE_TABLE -> tables.describeTable(body);
            case SCAN -> tables.scan(body);
            case DESCRIBE_STREAM -> streams.describeStream(body);
            case GET_SHARD_ITERATOR -> streams.getShardIterator(body);
            case GET_RECORDS -> streams.getRecords(body);
        };
    }
}
