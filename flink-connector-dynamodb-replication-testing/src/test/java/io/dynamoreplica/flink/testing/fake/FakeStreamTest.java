/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

import static io.dynamoreplica.flink.testing.fake.Items.item;
import static io.dynamoreplica.flink.testing.fake.ReadAll.ok;
import static io.dynamoreplica.flink.testing.fake.ReadAll.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ShardPage;
import io.dynamoreplica.flink.service.StreamRecord;
import io.dynamoreplica.flink.split.Shard;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeStreamTest {

    private final FakeDynamoDb db = new FakeDynamoDb();
    private final DynamoDbService service = db.service();
    private final ReadAll read = new ReadAll(service);
    private final FakeTable orders = db.createTable(TableSpec.named("orders"));
    private final FakeStream stream = orders.stream();
    private final String first = stream.openShards().get(0);

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void aSplitSendsEachKeyToOneOfTwoChildren() {
        List<String> children = stream.split(first);
        for (int i = 0; i < 100; i++) {
            orders.put(order(i, 1));
        }

        assertThat(stream.openShards()).isEqualTo(children);
        for (String child : children) {
            assertThat(stream.records(child)).hasSizeGreaterThan(20);
            for (StreamRecord record : stream.records(child)) {
                assertThat(orders.shardOf(MapItem.copyOf(record.images().keys())))
                        .isEqualTo(child);
            }
        }
        assertThat(ok(service.listShards(stream.arn())).shards())
                .containsExactly(
                        new Shard(first, null, true),
                        new Shard(children.get(0), first, false),
                        new Shard(children.get(1), first, false));
    }

    @Test
    void theFinalPageOfAClosedShardCarriesRecords() {
        orders.put(order(1, 1));
        orders.put(order(1, 2));
        orders.put(order(1, 3));
        String child = stream.rollOver(first);
        orders.put(order(1, 4));
        db.behaviour().recordsPerPage(2);

        List<ShardPage> pages = read.pages(stream.key(first), ShardPosition.BEGINNING);

        assertThat(pages).extracting(page -> page.records().size()).containsExactly(2, 1);
        assertThat(stream.records(child)).hasSize(1);
        assertThat(stream.shards().get(1).parent()).contains(first);
    }

    @Test
    void anOpenShardReadToItsTipGoesOn() {
        orders.put(order(1, 1));
        ShardKey shard = stream.key(first);
        String iterator = read.iterator(shard, ShardPosition.BEGINNING);

        ShardPage page = ok(service.records(shard, iterator));
        ShardPage tip = ok(service.records(shard, page.nextIterator().orElseThrow()));
        orders.put(order(2, 1));
        ShardPage later = ok(service.records(shard, tip.nextIterator().orElseThrow()));

        assertThat(page.records()).hasSize(1);
        assertThat(tip.records()).isEmpty();
        assertThat(later.records()).hasSize(1);
    }

    @Test
    void emptyPagesComeBeforeTheRecords() {
        orders.put(order(1, 1));
        stream.rollOver(first);
        db.behaviour().emptyRecordPages(2);

        assertThat(read.pages(stream.key(first), ShardPosition.BEGINNING))
                .extracting(page -> page.records().size())
                .containsExactly(0, 0, 1);
    }

    @Test
    void recordsSayWhatHappened() {
        db.clock().set(Instant.parse("2025-05-05T05:05:05.999Z"));
        orders.put(order(1, 1));
        orders.put(order(1, 1));
        orders.update(item("id", "order-1").s("note", "x").build());
        orders.expire(item("id", "order-1").build());
        orders.delete(item("id", "order-1").build());
        MapItem noted = item("id", "order-1").n("version", 1).s("note", "x").build();

        List<StreamRecord> records = stream.records(first);

        assertThat(records)
                .extracting(StreamRecord::operation)
                .containsExactly(Operation.INSERT, Operation.MODIFY, Operation.REMOVE);
        assertThat(records).extracting(StreamRecord::deletedByTtl).containsExactly(false, false, true);
        assertThat(records).allMatch(r -> r.created().equals(Instant.parse("2025-05-05T05:05:05Z")));
        assertThat(records.get(0).images().before()).isNull();
        assertThat(records.get(1).images().before()).isEqualTo(order(1, 1));
        assertThat(records.get(1).images().after()).isEqualTo(noted);
        assertThat(records.get(2).images().after()).isNull();
        assertThat(records.get(2).images().keys())
                .isEqualTo(item("id", "order-1").build());
    }

    @Test
    void theViewTypeDecidesWhichImagesAreKept() {
        FakeTable news = db.createTable(TableSpec.named("news").withStream(StreamViewType.NEW_IMAGE));
        news.put(order(1, 1));
        news.put(order(1, 2));
        StreamRecord second =
                news.stream().records(news.stream().openShards().get(0)).get(1);

        assertThat(second.images().before()).isNull();
        assertThat(second.images().after()).isEqualTo(order(1, 2));
    }

    @Test
    void sequenceNumbersGrowAsNumbersAndNotAsText() {
        for (int i = 0; i < 100; i++) {
            orders.put(order(i, 1));
        }
        List<String> numbers =
                stream.records(first).stream().map(StreamRecord::sequenceNumber).toList();

        assertThat(numbers.stream().map(BigInteger::new)).isSorted().doesNotHaveDuplicates();
        assertThat(numbers.stream().sorted().toList()).isNotEqualTo(numbers);
        assertThat(numbers).allMatch(number -> number.length() >= 21 && number.length() <= 40);
    }

    @Test
    void aTrimmedPositionIsRefusedExceptAfterTheLastTrimmedRecord() {
        orders.put(order(1, 1));
        orders.put(order(1, 2));
        orders.put(order(1, 3));
        ShardKey shard = stream.key(first);
        List<String> numbers =
                stream.records(first).stream().map(StreamRecord::sequenceNumber).toList();
        String stale = read.iterator(shard, ShardPosition.BEGINNING);
        stream.trim(first, numbers.get(1));
        stream.close(first);

        assertThat(refused(service.records(shard, stale))).isEqualTo(Refusal.Kind.TRIMMED);
        assertThat(refused(service.shardIterator(shard, after(numbers.get(0))))).isEqualTo(Refusal.Kind.TRIMMED);
        assertThat(read.shard(shard, after(numbers.get(1)))).hasSize(1);
        assertThat(read.shard(shard, ShardPosition.OLDEST_KEPT)).hasSize(1);
    }

    @Test
    void aShardTrimmedWholeGivesAnIteratorButNoRecordAndIsThenForgotten() {
        orders.put(order(1, 1));
        stream.rollOver(first);
        stream.trimWhole(first);
        ShardKey shard = stream.key(first);

        String iterator = read.iterator(shard, ShardPosition.BEGINNING);
        assertThat(refused(service.records(shard, iterator))).isEqualTo(Refusal.Kind.TRIMMED);
        assertThat(ok(service.listShards(stream.arn())).shards()).hasSize(2);

        stream.unlist(first);
        assertThat(refused(service.records(shard, iterator))).isEqualTo(Refusal.Kind.NOT_FOUND);
        assertThat(refused(service.shardIterator(shard, ShardPosition.BEGINNING)))
                .isEqualTo(Refusal.Kind.NOT_FOUND);
        assertThat(ok(service.listShards(stream.arn())).shards())
                .extracting(Shard::parentShardId)
                .containsExactly(first);
    }

    @Test
    void recordsPastTheirTimeAreTrimmed() {
        orders.put(order(1, 1));
        db.clock().advance(Duration.ofHours(1));
        orders.put(order(1, 2));

        stream.trimOlderThan(db.clock().instant().minusSeconds(60));
        stream.rollOver(first);

        assertThat(read.shard(stream.key(first), ShardPosition.OLDEST_KEPT)).hasSize(1);
    }

    @Test
    void iteratorsExpireByTheClockAndOnCommand() {
        ShardKey shard = stream.key(first);
        String byTime = read.iterator(shard, ShardPosition.BEGINNING);
        db.clock().advance(Duration.ofMinutes(15));
        ok(service.records(shard, byTime));
        db.clock().advance(Duration.ofMillis(1));
        assertThat(refused(service.records(shard, byTime))).isEqualTo(Refusal.Kind.ITERATOR_EXPIRED);

        String onCommand = read.iterator(shard, ShardPosition.BEGINNING);
        db.expireIterators();
        assertThat(refused(service.records(shard, onCommand))).isEqualTo(Refusal.Kind.ITERATOR_EXPIRED);
    }

    @Test
    void whatIsNoIteratorOrNoRecordOfTheShardIsInvalid() {
        String child = stream.rollOver(first);
        String ofFirst = read.iterator(stream.key(first), ShardPosition.BEGINNING);

        assertThat(refused(service.records(stream.key(child), ofFirst))).isEqualTo(Refusal.Kind.INVALID);
        assertThat(refused(service.records(stream.key(child), "nonsense"))).isEqualTo(Refusal.Kind.INVALID);
        assertThat(refused(service.shardIterator(stream.key(child), after("1"))))
                .isEqualTo(Refusal.Kind.INVALID);
    }

    @Test
    void aListingLagsAndComesInAnyOrder() {
        for (int i = 0; i < 10; i++) {
            stream.rollOver(stream.openShards().get(0));
        }
        db.behaviour().shuffleListings(7);
        Set<List<Shard>> orders = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            orders.add(ok(service.listShards(stream.arn())).shards());
        }
        stream.hideFromListing(first);

        assertThat(orders).hasSizeGreaterThan(1);
        assertThat(ok(service.listShards(stream.arn())).shards()).hasSize(10).noneMatch(shard -> shard.shardId()
                .equals(first));
        stream.show(first);
        assertThat(ok(service.listShards(stream.arn())).shards()).hasSize(11);
    }

    @Test
    void aStreamSwitchedOffAndOnIsAnother() {
        orders.put(order(1, 1));
        db.disableStream("orders");
        orders.put(order(1, 2));
        assertThat(ok(service.describeTable("orders")).stream().orElseThrow().enabled())
                .isFalse();

        FakeStream second = db.enableStream("orders", StreamViewType.NEW_IMAGE);
        orders.put(order(1, 3));

        assertThat(second.arn()).isNotEqualTo(stream.arn());
        assertThat(read.shard(stream.key(first), ShardPosition.BEGINNING)).hasSize(1);
        assertThat(second.records(second.openShards().get(0))).hasSize(1);
    }

    @Test
    void aWriteToAClosedShardWithoutAChildTellsTheTestWhatToDo() {
        stream.close(first);

        assertThatThrownBy(() -> orders.put(order(1, 1))).hasMessageContaining("roll its closed shard over first");
        stream.rollOver(first);
        orders.put(order(1, 1));
        assertThat(orders.snapshot()).hasSize(1);
    }

    private static ShardPosition after(String sequenceNumber) {
        return new ShardPosition.After(sequenceNumber);
    }

    private static MapItem order(int number, int version) {
        return item("id", "order-" + number).n("version", version).build();
    }
}
