/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.contract;

import static io.dynamoreplica.flink.testing.contract.Answers.eventually;
import static io.dynamoreplica.flink.testing.contract.Answers.ok;
import static io.dynamoreplica.flink.testing.contract.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ShardListing;
import io.dynamoreplica.flink.service.TableDescription;
import io.dynamoreplica.flink.service.TableDescription.KeyColumn;
import io.dynamoreplica.flink.service.TableDescription.TableStream;
import io.dynamoreplica.flink.split.ItemKey.KeyType;
import io.dynamoreplica.flink.split.Shard;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract of describing tables and listing shards. */
public interface TableContract {

    DynamoDbServiceFixture fixture();

    @Test
    default void aTableIsDescribedWithItsPartitionKeyFirst() {
        fixture()
                .createTable(
                        "described",
                        List.of(new KeyColumn("pk", KeyType.N), new KeyColumn("a", KeyType.B)),
                        Optional.of("NEW_AND_OLD_IMAGES"));

        TableDescription table = ok(fixture().service().describeTable("described"));

        assertThat(table.keys()).containsExactly(new KeyColumn("pk", KeyType.N), new KeyColumn("a", KeyType.B));
        assertThat(table.status()).isEqualTo("ACTIVE");
        assertThat(table.tableId()).isNotEmpty();
        assertThat(table.serverTime()).isNotNull();
        TableStream stream = table.stream().orElseThrow();
        assertThat(stream.enabled()).isTrue();
        assertThat(stream.viewType()).isEqualTo("NEW_AND_OLD_IMAGES");
        assertThat(stream.streamArn()).isNotEmpty();
    }

    @Test
    default void aTableThatNeverHadAStreamShowsNone() {
        fixture().createTable("streamless", keys(), Optional.empty());

        assertThat(ok(fixture().service().describeTable("streamless")).stream()).isEmpty();
    }

    @Test
    default void aStreamThatWasSwitchedOffIsStillNamed() {
        fixture().createTable("switched-off", keys(), Optional.of("NEW_IMAGE"));
        String streamArn = streamArn("switched-off");

        fixture().disableStream("switched-off");

        TableStream stream = eventually(
                        () -> fixture().service().describeTable("switched-off"),
                        table -> table.stream().filter(TableStream::enabled).isEmpty())
                .stream()
                .orElseThrow();
        assertThat(stream.streamArn()).isEqualTo(streamArn);
    }

    @Test
    default void everyTableIsListed() {
        fixture().createTable("first-of-two", keys(), Optional.empty());
        fixture().createTable("second-of-two", keys(), Optional.of("NEW_IMAGE"));

        assertThat(ok(fixture().service().listTables()))
                .contains("first-of-two", "second-of-two")
                .doesNotHaveDuplicates();
    }

    @Test
    default void aMissingTableIsNotFound() {
        assertThat(refused(fixture().service().describeTable("missing"))).isEqualTo(Refusal.Kind.NOT_FOUND);
    }

    @Test
    default void aNewStreamHasAnOpenShardWithoutParent() {
        fixture().createTable("listed", keys(), Optional.of("KEYS_ONLY"));
        String streamArn = streamArn("listed");

        ShardListing listing = eventually(() -> fixture().service().listShards(streamArn), seen -> !seen.shards()
                .isEmpty());

        assertThat(listing.streamArn()).isEqualTo(streamArn);
        assertThat(listing.status()).isEqualTo("ENABLED");
        assertThat(listing.serverTime()).isNotNull();
        assertThat(listing.shards()).allSatisfy(shard -> {
            assertThat(shard.closed()).isFalse();
            assertThat(shard.parent()).isEmpty();
        });
    }

    @Test
    default void switchingAStreamOffClosesItsShards() {
        fixture().createTable("closed", keys(), Optional.of("KEYS_ONLY"));
        String streamArn = streamArn("closed");
        eventually(() -> fixture().service().listShards(streamArn), seen -> !seen.shards()
                .isEmpty());

        fixture().disableStream("closed");

        ShardListing listing =
                eventually(() -> fixture().service().listShards(streamArn), seen -> seen.shards().stream()
                        .allMatch(Shard::closed));
        assertThat(listing.shards()).isNotEmpty();
        assertThat(listing.status()).isNotEqualTo("ENABLED");
    }

    @Test
    default void aMissingStreamIsNotFound() {
        fixture().createTable("replaced", keys(), Optional.of("KEYS_ONLY"));
        String another = streamArn("replaced").replaceAll("stream/.*", "stream/2001-01-01T00:00:00.000");

        assertThat(refused(fixture().service().listShards(another))).isEqualTo(Refusal.Kind.NOT_FOUND);
    }

    private String streamArn(String table) {
        return ok(fixture().service().describeTable(table)).stream()
                .orElseThrow()
                .streamArn();
    }

    private static List<KeyColumn> keys() {
        return List.of(new KeyColumn("id", KeyType.S));
    }
}
