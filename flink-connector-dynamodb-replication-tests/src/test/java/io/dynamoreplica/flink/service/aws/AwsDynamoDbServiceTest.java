/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.projection.Projection;
import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ReplicationException;
import io.dynamoreplica.flink.service.ScanRequest;
import io.dynamoreplica.flink.service.ShardListing;
import io.dynamoreplica.flink.service.ShardPage;
import io.dynamoreplica.flink.service.TableDirectory;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import io.dynamoreplica.flink.testing.HttpStub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of cases that DynamoDB Local cannot show: the content of requests, and deletes by TTL. */
@Timeout(60)
class AwsDynamoDbServiceTest {

    private static final ShardKey SHARD = new ShardKey("orders", "arn:stream", "shardId-1");

    @RegisterExtension
    final StubbedService stubbed = new StubbedService();

    private final HttpStub stub = stubbed.stub();
    private final DynamoDbService service = stubbed.service();

    @Test
    void theLastPageOfAShardKeepsItsRecordsAndADeleteByTimeToLiveIsKnown() {
        stub.thenAnswer(
                """
                {"Records":[{"eventName":"REMOVE",
                  "userIdentity":{"Type":"Service","PrincipalId":"dynamodb.amazonaws.com"},
                  "dynamodb":{"ApproximateCreationDateTime":1767261590,
                    "Keys":{"id":{"S":"1"}},"OldImage":{"id":{"S":"1"}},
                    "SequenceNumber":"100000000000000000001"}}]}
                """);

        ShardPage page = ((Answer.Ok<ShardPage>) service.records(SHARD, "iterator")).value();

        assertThat(page.nextIterator()).isEmpty();
        assertThat(page.bytes()).isPositive();
        assertThat(page.records()).hasSize(1);
        assertThat(page.records().get(0).operation()).isEqualTo(Operation.REMOVE);
        assertThat(page.records().get(0).deletedByTtl()).isTrue();
        assertThat(page.records().get(0).created()).isEqualTo(Instant.ofEpochSecond(1_767_261_590));
        assertThat(page.records().get(0).images().after()).isNull();
        assertThat(page.records().get(0).images().before()).isNotNull();
    }

    @Test
    void theRequestSaysWhatWasAskedFor() {
        stub.thenAnswer("{\"Items\":[],\"Count\":0,\"ScannedCount\":0}");
        ScanSplit split = new ScanSplit("orders", 1, 3, 8, ScanPosition.START);

        service.scan(new ScanRequest(split, Projection.ofAttributes(List.of("id", "size")), true, OptionalInt.of(25)));

        assertThat(stub.requests().get(0).target()).isEqualTo("DynamoDB_20120810.Scan");
        assertThat(stub.requests().get(0).body())
                .contains("\"Segment\":3", "\"TotalSegments\":8", "\"Limit\":25")
                .contains("\"ConsistentRead\":true", "\"ProjectionExpression\":\"id,#0\"")
                .contains("\"ExpressionAttributeNames\":{\"#0\":\"size\"}");
    }

    /** DynamoDB refuses an empty map. */
    @Test
    void namesThatStandAsTheyAreNeedNoPlaceholders() {
        stub.thenAnswer("{\"Items\":[],\"Count\":0,\"ScannedCount\":0}");

        service.scan(new ScanRequest(
                new ScanSplit("orders", 1, 0, 1, ScanPosition.START),
                Projection.ofAttributes(List.of("id")),
                true,
                OptionalInt.empty()));

        assertThat(stub.requests().get(0).body())
                .contains("\"ProjectionExpression\":\"id\"")
                .doesNotContain("ExpressionAttributeNames");
    }

    @Test
    void aListOfTablesGoesOnWhereAPageEnds() {
        stub.thenAnswer("{\"TableNames\":[\"a\",\"b\"],\"LastEvaluatedTableName\":\"b\"}")
                .thenAnswer("{\"TableNames\":[\"c\"]}");

        assertThat(((Answer.Ok<List<String>>) service.listTables()).value()).containsExactly("a", "b", "c");
        assertThat(stub.requests().get(1).body()).contains("\"ExclusiveStartTableName\":\"b\"");
    }

    /** If the refusal counted as an empty list, a pattern would select no table. */
    @Test
    void aListOfTablesThatIsNotThereIsNoAnswer() {
        stub.thenAnswer("{}");

        assertThat(((Answer.Refused<?>) service.listTables()).refusal().kind()).isEqualTo(Refusal.Kind.UNAVAILABLE);
    }

    @Test
    void aPageOfTablesThatIsRefusedRefusesTheList() {
        stub.thenAnswer("{\"TableNames\":[\"a\"],\"LastEvaluatedTableName\":\"a\"}")
                .thenRefuse(400, "AccessDeniedException");

        assertThat(((Answer.Refused<?>) service.listTables()).refusal().kind()).isEqualTo(Refusal.Kind.DENIED);
        assertThatThrownBy(() -> TableDirectory.names(service))
                .isInstanceOf(ReplicationException.class)
                .hasMessageContaining("could not be listed")
                .hasMessageContaining("Allow dynamodb:ListTables")
                .hasMessageContaining("AccessDenied");
    }

    /** The whole account may make ten calls a second; half of them are for other clients. */
    @Test
    void theStreamsOfAllTablesAreListedUnderOneBudget() {
        stub.thenAnswer("{\"StreamDescription\":{\"StreamArn\":\"arn\",\"StreamStatus\":\"ENABLED\",\"Shards\":[]}}");
        List<String> streams = List.of("arn:a", "arn:b", "arn:c", "arn:d");
        long begun = System.nanoTime();

        List<Answer<ShardListing>> listings =
                streams.stream()
                        .map(arn -> CompletableFuture.supplyAsync(() -> service.listShards(arn)))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .toList();

        assertThat(listings).allMatch(listing -> listing instanceof Answer.Ok);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .as("the shortest time for four calls at five a second")
                .isGreaterThanOrEqualTo(Duration.ofMillis(600));
    }

    @Test
    void bothWaysToBeginAShardAskForItsOldestRecord() {
        stub.thenAnswer("{\"ShardIterator\":\"it\"}");

        service.shardIterator(SHARD, ShardPosition.BEGINNING);
        service.shardIterator(SHARD, ShardPosition.OLDEST_KEPT);
        service.shardIterator(SHARD, new ShardPosition.After("42"));

        assertThat(stub.requests().get(0).body()).contains("\"TRIM_HORIZON\"");
        assertThat(stub.requests().get(1).body()).contains("\"TRIM_HORIZON\"");
        assertThat(stub.requests().get(2).body()).contains("\"AFTER_SEQUENCE_NUMBER\"", "\"SequenceNumber\":\"42\"");
    }
}
