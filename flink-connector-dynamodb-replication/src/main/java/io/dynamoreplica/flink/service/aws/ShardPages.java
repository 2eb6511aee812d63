/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import io.dynamoreplica.flink.service.ShardListing;
import io.dynamoreplica.flink.split.Shard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** One complete listing of a stream's shards, page after page; a page that fails fails it all. */
final class ShardPages {

    /**
     * DescribeStream is limited to 10 calls a second for the whole account; a listing leaves half
     * of them to others.
     */
    private static final Duration BETWEEN_PAGES = Duration.ofMillis(200);

    private final DynamoDbStreamsClient client;
    private final String streamArn;

    ShardPages(DynamoDbStreamsClient client, String streamArn) {
        this.client = client;
        this.streamArn = streamArn;
    }

    ShardListing readAll() {
        DescribeStreamResponse first = page(null);
        List<Shard> shards = new ArrayList<>();
        DescribeStreamResponse page = first;
        while (true) {
            page.streamDescription().shards().stream().map(SdkAnswers::shard).forEach(shards::add);
            String last = page.streamDescription().lastEvaluatedShardId();
            if (last == null) {
                return new ShardListing(
                        streamArn,
                        first.streamDescription().streamStatusAsString(),
                        shards,
                        ResponseHeaders.serverTime(first));
            }
            rest();
            page = page(last);
        }
    }

    private DescribeStreamResponse page(String lastShardId) {
        return client.describeStream(
                call -> call.streamArn(streamArn).exclusiveStartShardId(lastShardId));
    }

    private static void rest() {
        try {
            Thread.sleep(BETWEEN_PAGES.toMillis());
        } catch (InterruptedException e) {
            throw AbortedException.create("Interrupted between two pages", e);
        }
    }
}
