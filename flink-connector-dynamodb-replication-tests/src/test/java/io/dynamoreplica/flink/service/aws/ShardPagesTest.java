/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.service.ShardListing;
import io.dynamoreplica.flink.split.Shard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.LimitExceededException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Tests of listings of several pages, from a scripted client: DynamoDB Local never has more than one page of
 * shards.
 */
class ShardPagesTest {

    private static final Duration GAP = Duration.ofMillis(200);

    private final ScriptedClient client = new ScriptedClient();
    private final CallPace pace = new CallPace(GAP);

    @Test
    void aListingIsAllPagesDatedByTheFirst() {
        client.pages.add(page("Thu, 01 Jan 2026 10:00:00 GMT", "parent", shard("parent", null, "9")));
        client.pages.add(page("Thu, 01 Jan 2026 10:00:09 GMT", "child", shard("child", "parent", null)));
        client.pages.add(page("Thu, 01 Jan 2026 10:00:19 GMT", null, shard("late", null, null)));

        Instant begin = Instant.now();
        ShardListing listing = new ShardPages(client, pace, "arn:stream").readAll();

        assertThat(listing)
                .isEqualTo(new ShardListing(
                        "arn:stream",
                        "ENABLED",
                        List.of(
                                new Shard("parent", null, true),
                                new Shard("child", "parent", false),
                                new Shard("late", null, false)),
                        Instant.parse("2026-01-01T10:00:00Z")));
        assertThat(client.asked).isEqualTo(Arrays.asList(null, "parent", "child"));
        assertThat(Duration.between(begin, Instant.now()))
                .as("time for three calls")
                .isGreaterThanOrEqualTo(GAP.multipliedBy(2));
    }

    /** DynamoDB's documentation calls these parts "empty" if they have no value. */
    @Test
    void emptyTextsAreTheSameAsNone() {
        client.pages.add(page("Thu, 01 Jan 2026 10:00:00 GMT", "", shard("only", "", "")));

        ShardListing listing = new ShardPages(client, pace, "arn:stream").readAll();

        assertThat(listing.shards()).containsExactly(new Shard("only", null, false));
        assertThat(client.asked).hasSize(1);
    }

    @Test
    void aListingOfWhichAPageFailsIsNoListing() {
        client.pages.add(page("Thu, 01 Jan 2026 10:00:00 GMT", "parent", shard("parent", null, null)));

        assertThatThrownBy(() -> new ShardPages(client, pace, "arn:stream").readAll())
                .isInstanceOf(LimitExceededException.class);
    }

    @Test
    void anInterruptEndsIt() {
        client.pages.add(page("Thu, 01 Jan 2026 10:00:00 GMT", "parent", shard("parent", null, null)));
        CallPace longer = new CallPace(Duration.ofMinutes(1));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> new ShardPages(client, longer, "arn:stream").readAll())
                .isInstanceOf(AbortedException.class);
    }

    private static DescribeStreamResponse page(
            String date, String lastShardId, software.amazon.awssdk.services.dynamodb.model.Shard shard) {
        DescribeStreamResponse.Builder page = DescribeStreamResponse.builder()
                .streamDescription(
                        stream -> stream.streamStatus("ENABLED").shards(shard).lastEvaluatedShardId(lastShardId));
        page.sdkHttpResponse(
                SdkHttpFullResponse.builder().putHeader("Date", date).build());
        return page.build();
    }

    private static software.amazon.awssdk.services.dynamodb.model.Shard shard(
            String shardId, String parent, String ending) {
        return software.amazon.awssdk.services.dynamodb.model.Shard.builder()
                .shardId(shardId)
                .parentShardId(parent)
                .sequenceNumberRange(range -> range.startingSequenceNumber("1").endingSequenceNumber(ending))
                .build();
    }

    /** A client that returns page after page, and is throttled after the last one. */
    private static final class ScriptedClient implements DynamoDbStreamsClient {

        private final List<DescribeStreamResponse> pages = new ArrayList<>();
        private final List<String> asked = new ArrayList<>();

        @Override
        public DescribeStreamResponse describeStream(DescribeStreamRequest request) {
            asked.add(request.exclusiveStartShardId());
            if (asked.size() > pages.size()) {
                throw LimitExceededException.builder().message("slow down").build();
            }
            return pages.get(asked.size() - 1);
        }

        @Override
        public String serviceName() {
            return "scripted";
        }

        @Override
        public void close() {}
    }
}
