/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import static io.dynamoreplica.flink.testing.contract.Answers.ok;
import static io.dynamoreplica.flink.testing.contract.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ShardListing;
import io.dynamoreplica.flink.split.Shard;
import io.dynamoreplica.flink.testing.DynamoDbLocalExtension;
import io.dynamoreplica.flink.testing.Eventually;
import io.dynamoreplica.flink.testing.fake.CallKind;
import io.dynamoreplica.flink.testing.fake.FakeStream;
import io.dynamoreplica.flink.testing.fake.ServerClock;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ShardFilter;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * A test of what the wire adds to the fake: pages, the server's time, and an end that leaves no
 * threads or sockets.
 */
@Timeout(120)
class WireDynamoDbTest {

    private final WireDynamoDb wire = WireDynamoDb.start();
    private final DynamoDbService service = wire.connect(Map.of());

    @AfterEach
    void close() {
        service.close();
        wire.close();
    }

    @Test
    void aListingOfManyPagesIsComplete() {
        wire.behaviour().shardsPerPage(10);
        FakeStream stream = stream(25);

        ShardListing listing = ok(service.listShards(stream.arn()));

        assertThat(listing.shards()).isEqualTo(stream.shards());
        assertThat(wire.count(WireRequest.of(WireOperation.DESCRIBE_STREAM))).isEqualTo(3);
    }

    @Test
    void aChildCanBeOnAnEarlierPageThanItsParent() {
        wire.behaviour().shardsPerPage(2).shuffleShardsOverPages(1);
        FakeStream stream = stream(3);
        stream.openShards().forEach(stream::split);

        List<Shard> listed = ok(service.listShards(stream.arn())).shards();

        assertThat(listed).containsExactlyInAnyOrderElementsOf(stream.shards()).isNotEqualTo(stream.shards());
    }

    @Test
    void aListingOfWhichAFurtherPageIsRefusedIsNoListing() {
        wire.behaviour().shardsPerPage(10);
        FakeStream stream = stream(11);
        wire.faults().next(1, WireRequest.forAFurtherPage(), WireFault.refusal(ErrorCode.LIMIT_EXCEEDED));

        assertThat(refused(service.listShards(stream.arn()))).isEqualTo(Refusal.Kind.THROTTLED);

        assertThat(ok(service.listShards(stream.arn())).shards()).hasSize(11);
    }

    @Test
    void aShardFilterIsHonouredOrNot() {
        FakeStream stream = stream(2);
        String parent = stream.openShards().get(1);
        List<String> children = stream.split(parent);

        assertThat(childrenOf(stream, parent)).isEqualTo(children);
        wire.behaviour().ignoreShardFilter();
        assertThat(childrenOf(stream, parent)).hasSize(4);
    }

    private List<String> childrenOf(FakeStream stream, String parent) {
        try (DynamoDbStreamsClient client = DynamoDbLocalExtension.prepared(
                        DynamoDbStreamsClient.builder(), wire.endpoint())
                .build()) {
            ShardFilter filter =
                    ShardFilter.builder().type("CHILD_SHARDS").shardId(parent).build();
            return client
                    .describeStream(call -> call.streamArn(stream.arn()).shardFilter(filter))
                    .streamDescription()
                    .shards()
                    .stream()
                    .map(software.amazon.awssdk.services.dynamodb.model.Shard::shardId)
                    .toList();
        }
    }

    @Test
    void namesOfTablesComeInPages() {
        wire.behaviour().tablesPerPage(2);
        List<String> names = List.of("a", "b", "c", "d");
        names.forEach(name -> wire.db().createTable(TableSpec.named(name)));
        try (DynamoDbClient client = client()) {
            assertThat(client.listTablesPaginator().tableNames()).containsExactlyElementsOf(names);
        }
        assertThat(wire.count(WireRequest.of(WireOperation.LIST_TABLES))).isEqualTo(2);
    }

    @Test
    void whatIsNotSimulatedIsRefusedAndNotGuessed() {
        wire.db().createTable(TableSpec.named("orders"));
        try (DynamoDbClient client = client()) {
            assertThatThrownBy(() -> client.scan(s -> s.tableName("orders").filterExpression("a = b")))
                    .isInstanceOf(DynamoDbException.class)
                    .hasMessageContaining("FilterExpression");
            assertThatThrownBy(() -> client.deleteTable(table -> table.tableName("orders")))
                    .isInstanceOf(DynamoDbException.class)
                    .hasMessageContaining("not simulated");
        }
    }

    @Test
    void anAnswerIsDatedByTheServersClock() {
        FakeStream stream = stream(1);
        wire.db().clock().set(ServerClock.BEGIN.plus(Duration.ofDays(3)));

        assertThat(ok(service.listShards(stream.arn())).serverTime())
                .isEqualTo(ServerClock.BEGIN.plus(Duration.ofDays(3)).truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    void whatTheFakeRefusesIsRefusedOverTheWire() {
        FakeStream stream = stream(1);
        for (Refusal.Kind kind : Refusal.Kind.values()) {
            wire.db().faults().refuseNext(1, CallKind.LIST_SHARDS, kind);

            assertThat(refused(service.listShards(stream.arn()))).isEqualTo(kind);
        }
    }

    @Test
    void nothingOfItIsLeftWhenItIsClosed() {
        FakeStream stream = stream(1);
        String threads = "wire-" + wire.endpoint().getPort();
        wire.db().faults().stall("stalled", call -> call.kind() == CallKind.DESCRIBE_TABLE);
        wire.faults().always(WireOperation.DESCRIBE_STREAM, WireFault.bodyThatStopsHalfway());
        CompletableFuture<Answer<?>> stalled = CompletableFuture.supplyAsync(() -> service.describeTable("orders"));
        CompletableFuture<Answer<?>> halfway = CompletableFuture.supplyAsync(() -> service.listShards(stream.arn()));
        Eventually.holds("both calls are under way", () -> wire.requests().size() == 2);
        assertThat(threadsNamed(threads)).isGreaterThanOrEqualTo(3);

        wire.close();

        assertThat(threadsNamed(threads)).isZero();
        assertThat(wire.connections()).isZero();
        assertThat(refused(stalled.orTimeout(60, TimeUnit.SECONDS).join())).isEqualTo(Refusal.Kind.UNAVAILABLE);
        assertThat(refused(halfway.orTimeout(60, TimeUnit.SECONDS).join())).isEqualTo(Refusal.Kind.UNAVAILABLE);
    }

    private static long threadsNamed(String beginning) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(beginning))
                .count();
    }

    private FakeStream stream(int shards) {
        return wire.db().createTable(TableSpec.named("orders").withShards(shards)).stream();
    }

    private DynamoDbClient client() {
        return DynamoDbLocalExtension.prepared(DynamoDbClient.builder(), wire.endpoint())
                .build();
    }
}
