/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.contract;

import static io.dynamoreplica.flink.testing.contract.Answers.eventually;
import static io.dynamoreplica.flink.testing.contract.Answers.ok;
import static io.dynamoreplica.flink.testing.contract.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ShardListing;
import io.dynamoreplica.flink.service.ShardPage;
import io.dynamoreplica.flink.service.StreamRecord;
import io.dynamoreplica.flink.service.TableDescription.KeyColumn;
import io.dynamoreplica.flink.split.ItemKey.KeyType;
import io.dynamoreplica.flink.split.Shard;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract of reading a shard. */
public interface ShardContract {

    DynamoDbServiceFixture fixture();

    @Test
    default void theHistoryOfAnItemComesInOrderWithItsImages() {
        ShardKey shard = streaming("history", "NEW_AND_OLD_IMAGES");
        fixture().put("history", item("1", "first"));
        fixture().put("history", item("1", "second"));
        fixture().delete("history", Map.of("id", new AttributeValue.S("1")));

        List<StreamRecord> records = read(shard, ShardPosition.BEGINNING, 3);

        assertThat(records)
                .extracting(StreamRecord::operation)
                .containsExactly(Operation.INSERT, Operation.MODIFY, Operation.REMOVE);
        assertThat(records)
                .extracting(record -> image(record.images().before()))
                .containsExactly(null, item("1", "first"), item("1", "second"));
        assertThat(records)
                .extracting(record -> image(record.images().after()))
                .containsExactly(item("1", "first"), item("1", "second"), null);
        assertThat(records).allSatisfy(record -> {
            assertThat(image(record.images().keys())).isEqualTo(Map.of("id", new AttributeValue.S("1")));
            assertThat(record.created()).isNotNull();
            assertThat(record.deletedByTtl()).isFalse();
        });
        assertThat(records)
                .extracting(record -> new BigInteger(record.sequenceNumber()))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    default void aStreamOfNewImagesHasNoOldOnes() {
        ShardKey shard = streaming("new-images", "NEW_IMAGE");
        fixture().put("new-images", item("1", "first"));
        fixture().put("new-images", item("1", "second"));

        List<StreamRecord> records = read(shard, ShardPosition.BEGINNING, 2);

        assertThat(records).extracting(record -> record.images().before()).containsOnlyNulls();
        assertThat(image(records.get(1).images().after())).isEqualTo(item("1", "second"));
    }

    @Test
    default void afterASequenceNumberComesTheNextRecord() {
        ShardKey shard = streaming("after", "NEW_IMAGE");
        for (String id : List.of("1", "2", "3")) {
            fixture().put("after", item(id, "v"));
        }
        List<StreamRecord> all = read(shard, ShardPosition.BEGINNING, 3);

        List<StreamRecord> rest = read(shard, new ShardPosition.After(all.get(0).sequenceNumber()), 2);

        assertThat(rest)
                .extracting(StreamRecord::sequenceNumber)
                .containsExactly(all.get(1).sequenceNumber(), all.get(2).sequenceNumber());
    }

    @Test
    default void theOldestKeptRecordsAreThoseFromTheBeginningWhileNothingIsTrimmed() {
        ShardKey shard = streaming("oldest", "NEW_IMAGE");
        fixture().put("oldest", item("1", "v"));

        assertThat(read(shard, ShardPosition.OLDEST_KEPT, 1)).hasSize(1);
    }

    @Test
    default void anOpenShardWithoutRecordsHasANextIterator() {
        ShardKey shard = streaming("idle", "NEW_IMAGE");
        String iterator = ok(fixture().service().shardIterator(shard, ShardPosition.BEGINNING));

        ShardPage page = ok(fixture().service().records(shard, iterator));

        assertThat(page.records()).isEmpty();
        assertThat(page.nextIterator()).isPresent();
        assertThat(page.serverTime()).isNotNull();
    }

    @Test
    default void aClosedShardEndsWithoutANextIteratorAndLosesNoRecordOnTheWay() {
        ShardKey shard = streaming("ended", "NEW_IMAGE");
        fixture().put("ended", item("1", "v"));
        fixture().put("ended", item("2", "v"));
        read(shard, ShardPosition.BEGINNING, 2);
        close(shard);

        assertThat(readToTheEnd(shard, ShardPosition.BEGINNING))
                .extracting(record -> image(record.images().after()))
                .containsExactly(item("1", "v"), item("2", "v"));
    }

    @Test
    default void afterTheLastRecordOfAClosedShardComesItsEnd() {
        ShardKey shard = streaming("restored", "NEW_IMAGE");
        fixture().put("restored", item("1", "v"));
        String last = read(shard, ShardPosition.BEGINNING, 1).get(0).sequenceNumber();
        close(shard);

        assertThat(readToTheEnd(shard, new ShardPosition.After(last))).isEmpty();
    }

    @Test
    default void anUnknownShardIsNotFound() {
        ShardKey shard = streaming("unknown-shard", "NEW_IMAGE");
        ShardKey unknown = new ShardKey(shard.table(), shard.streamArn(), "shardId-00000001000000000000-deadbeef");

        assertThat(refused(fixture().service().shardIterator(unknown, ShardPosition.BEGINNING)))
                .isEqualTo(Refusal.Kind.NOT_FOUND);
    }

    @Test
    default void whatIsNoIteratorIsInvalid() {
        ShardKey shard = streaming("no-iterator", "NEW_IMAGE");

        assertThat(refused(fixture().service().records(shard, "not-an-iterator")))
                .isEqualTo(Refusal.Kind.INVALID);
    }

    @Test
    default void thereIsNoIteratorAtTheEnd() {
        ShardKey shard = streaming("at-the-end", "NEW_IMAGE");

        assertThatThrownBy(() -> fixture().service().shardIterator(shard, ShardPosition.END))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private ShardKey streaming(String table, String viewType) {
        fixture().createTable(table, List.of(new KeyColumn("id", KeyType.S)), Optional.of(viewType));
        String streamArn = ok(fixture().service().describeTable(table)).stream()
                .orElseThrow()
                .streamArn();
        ShardListing listing = eventually(() -> fixture().service().listShards(streamArn), seen -> !seen.shards()
                .isEmpty());
        return new ShardKey(table, streamArn, listing.shards().get(0).shardId());
    }

    private void close(ShardKey shard) {
        fixture().disableStream(shard.table());
        eventually(() -> fixture().service().listShards(shard.streamArn()), listing -> listing.shards().stream()
                .allMatch(Shard::closed));
    }

    /** Reads a closed shard to its end. An open shard has no end. */
    private List<StreamRecord> readToTheEnd(ShardKey shard, ShardPosition from) {
        List<StreamRecord> records = new ArrayList<>();
        Optional<String> iterator = Optional.of(ok(fixture().service().shardIterator(shard, from)));
        while (iterator.isPresent()) {
            ShardPage page = ok(fixture().service().records(shard, iterator.get()));
            records.addAll(page.records());
            iterator = page.nextIterator();
        }
        return records;
    }

    /** Reads until this many records have arrived, with a deadline. */
    private List<StreamRecord> read(ShardKey shard, ShardPosition from, int count) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
        List<StreamRecord> records = new ArrayList<>();
        String iterator = ok(fixture().service().shardIterator(shard, from));
        while (records.size() < count && Instant.now().isBefore(deadline)) {
            ShardPage page = ok(fixture().service().records(shard, iterator));
            records.addAll(page.records());
            iterator = page.nextIterator().orElseThrow();
        }
        assertThat(records).hasSize(count);
        return records;
    }

    private static Map<String, AttributeValue> item(String id, String value) {
        return Map.of("id", new AttributeValue.S(id), "value", new AttributeValue.S(value));
    }

    private static Map<String, AttributeValue> image(Item item) {
        return item == null ? null : item.materialise();
    }
}
