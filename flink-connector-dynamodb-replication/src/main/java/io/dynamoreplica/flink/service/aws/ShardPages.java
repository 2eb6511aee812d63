/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import io.dynamoreplica.flink.service.ShardListing;
import io.dynamoreplica.flink.split.Shard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** The reading of one complete listing of a stream's shards, page by page. A failed page fails the listing. */
final class ShardPages {

    private final DynamoDbStreamsClient client;
    private final CallPace pace;
    private final String streamArn;

    /**
     * @param pace the common pace of all calls of DescribeStream
     */
    ShardPages(DynamoDbStreamsClient client, CallPace pace, String streamArn) {
        this.client = client;
        this.pace = pace;
        this.streamArn = streamArn;
    }

    ShardListing readAll() {
        DescribeStreamResponse first = page(null);
        List<Shard> shards = new ArrayList<>();
        DescribeStreamResponse page = first;
        while (true) {
            page.streamDescription().shards().stream().map(SdkAnswers::shard).forEach(shards::add);
            Optional<String> last =
                    AnswerParts.textIfSent(page.streamDescription().lastEvaluatedShardId());
            if (last.isEmpty()) {
                return new ShardListing(
                        streamArn,
                        AnswerParts.sent(first.streamDescription().streamStatusAsString(), "StreamStatus"),
                        shards,
                        ResponseHeaders.serverTime(first));
            }
            page = page(last.get());
        }
    }

    private DescribeStreamResponse page(String lastShardId) {
        pace.await();
        DescribeStreamResponse page =
                client.describeStream(call -> call.streamArn(streamArn).exclusiveStartShardId(lastShardId));
        var description = AnswerParts.sent(page.streamDescription(), "StreamDescription");
        AnswerParts.sent(description.hasShards() ? description.shards() : null, "Shards");
        return page;
    }
}
