/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.losses;

import static io.dynamoreplica.flink.testing.fake.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.RunningJob;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What users of a batch tool that reads closed shards count on. */
class ReplacedToolIT {

    @RegisterExtension static final FlinkCluster FLINK = new FlinkCluster();

    private final Orders orders = Orders.inShards(1);

    @AfterEach
    void close() {
        orders.close();
    }

    @Test
    void openShardsAreLeftAloneUntilTheyCloseAndThenReadWhole() throws Exception {
        orders.stream().rollOver(orders.shard());
        try (RunningJob job =
                orders.job(FLINK)
                        .option("scan.stream.closed-shards-only", "true")
                        .start(orders.replica())) {
            orders.untilEqual(job);
            for (int version = 2; version <= 3; version++) {
                String open = orders.shard();
                long asked = orders.pagesAskedOf(open);
                orders.table().load(0, Orders.ITEMS, version);
                orders.awaitNextListing(job);
                assertThat(orders.pagesAskedOf(open)).isEqualTo(asked);
                assertThat(orders.table().isEqualTo(orders.replica())).isFalse();
                orders.stream().rollOver(open);
                orders.untilEqual(job);
            }
        }
        assertThat(orders.replica().count(Operation.MODIFY)).isEqualTo(2 * Orders.ITEMS);
    }

    @Test
    void aDeleteHasItsKeyAndItsTime() throws Exception {
        try (RunningJob job = orders.streaming(orders.job(FLINK))) {
            orders.db().clock().advance(Duration.ofMinutes(10));
            Instant deleted = orders.db().clock().instant().truncatedTo(ChronoUnit.SECONDS);
            orders.table().delete(7);
            orders.untilEqual(job);
            ChangeEvent delete = last(orders.replica().events());
            assertThat(delete.operation()).isEqualTo(Operation.REMOVE);
            assertThat(delete.keys().materialise())
                    .isEqualTo(item("id", "k7").build().materialise());
            assertThat(delete.origin().time()).isEqualTo(deleted);
            assertThat(delete.after()).isNull();
        }
    }

    /**
     * A full copy comes by itself when the stream no longer reaches back to the last change read.
     */
    @Test
    void everyRowHasTheNumberOfItsCopyAndTheNextCopyAHigherOne() throws Exception {
        String savepoint;
        try (RunningJob job = orders.streaming(orders.job(FLINK))) {
            savepoint = job.stopWithSavepoint();
        }
        long first = orders.replica().latestEpoch();
        assertThat(orders.replica().events()).allMatch(event -> event.epoch() == first);
        int before = orders.replica().events().size();
        orders.table().delete(7);
        orders.db().clock().advance(Duration.ofHours(30));
        orders.trimAll();
        try (RunningJob job = orders.job(FLINK).resume(orders.replica(), savepoint)) {
            orders.untilCopiedAfter(first, job);
            orders.table().load(0, 20, 3);
            orders.untilCopiedAfter(first, job);
        }
        List<ChangeEvent> events = orders.replica().events();
        long second = orders.replica().latestEpoch();
        assertThat(events.subList(before, events.size()))
                .allMatch(event -> event.epoch() == second);
    }

    private static ChangeEvent last(List<ChangeEvent> events) {
        return events.get(events.size() - 1);
    }
}
