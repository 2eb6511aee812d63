/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.losses;

import static io.dynamoreplica.flink.testing.fake.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.AttributeValue.S;
import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.EpochEvent;
import io.dynamoreplica.flink.change.EpochEvent.Kind;
import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.testing.job.EpochTarget;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.job.TableContents;
import io.dynamoreplica.flink.testing.wire.WireOperation;
import io.dynamoreplica.flink.testing.wire.WireRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of properties on which users of a batch tool that reads closed shards rely. */
class ReplacedToolIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    @RegisterExtension
    final Orders orders = Orders.inShards(1);

    @Test
    void openShardsAreLeftAloneUntilTheyCloseAndThenReadWhole() throws Exception {
        orders.stream().rollOver(orders.shard());
        try (RunningJob job = orders.job(FLINK)
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
     * If the stream no longer reaches back to the last change read, the source makes a full copy without being
     * asked.
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
        assertThat(events.subList(before, events.size())).allMatch(event -> event.epoch() == second);
    }

    /** The elements of a list stay a list, in order and without gaps. The key is always present. */
    @Test
    void fieldsAreSelectedAlikeInTheCopyAndInTheImagesOfTheStream() throws Exception {
        putWhole(1);
        orders.db().clock().advance(Duration.ofHours(1));
        try (RunningJob job = orders.job(FLINK)
                .option("scan.projection-expression", "version, address.city, tags[2], tags[0]")
                .start(orders.replica())) {
            job.until("the copy is cut", () -> orders.replica().items().equals(selected(1)));
            putWhole(2);
            job.until("new images are cut", () -> orders.replica().items().equals(selected(2)));
            orders.table().delete(7);
            job.until("one is deleted", () -> orders.replica().size() < Orders.ITEMS);
        }
        assertThat(orders.wire().requests())
                .filteredOn(WireRequest.of(WireOperation.SCAN))
                .allMatch(scan -> scan.body().has("ProjectionExpression"));
        assertThat(orders.replica().count(Operation.READ)).isEqualTo(Orders.ITEMS);
        List<ChangeEvent> changes = changes();
        assertThat(changes).hasSize(Orders.ITEMS + 1);
        assertThat(changes.subList(0, Orders.ITEMS))
                .allSatisfy(event -> assertThat(before(event)).isEqualTo(rowOf(event, 1)));
        assertThat(before(last(changes))).isEqualTo(rowOf(last(changes), 2));
    }

    /** With these events, a target can distinguish the rows of a copy from older rows, and delete the older ones. */
    @Test
    void theBeginAndTheEndOfACopyAreAnnouncedWithItsNumber() throws Exception {
        try (EpochTarget target = new EpochTarget()) {
            String savepoint;
            try (RunningJob job = orders.job(FLINK).start(target.behindSource())) {
                job.until("the copy has ended", () -> target.count(Kind.END) > 0);
                assertThat(target.contents())
                        .isEqualTo(TableContents.of(orders.table().table()));
                savepoint = job.stopWithSavepoint();
            }
            long first = lastEpoch(target);
            IntStream.range(0, 20).forEach(orders.table()::delete);
            orders.db().clock().advance(Duration.ofHours(30));
            orders.trimAll();
            try (RunningJob job = orders.job(FLINK).resume(target.behindSource(), savepoint)) {
                job.until(
                        "the next copy has ended and older rows are dropped",
                        () -> lastEpoch(target) > first
                                && target.contents()
                                        .equals(TableContents.of(orders.table().table())));
            }
            List<EpochEvent> heard = target.heard();
            for (long epoch : List.of(first, lastEpoch(target))) {
                List<Kind> kinds = heard.stream()
                        .filter(event -> event.epoch() == epoch)
                        .map(EpochEvent::kind)
                        .toList();
                assertThat(kinds).contains(Kind.BEGIN, Kind.END);
                assertThat(kinds.get(0)).isEqualTo(Kind.BEGIN);
            }
        }
    }

    private static long lastEpoch(EpochTarget target) {
        return target.heard().stream().mapToLong(EpochEvent::epoch).max().orElse(0);
    }

    /** Puts items from which a selection leaves something out at every depth. */
    private void putWhole(int version) {
        for (int number = 0; number < Orders.ITEMS; number++) {
            orders.table()
                    .table()
                    .put(item("id", "k" + number)
                            .n("version", version)
                            .s("text", "left out")
                            .map("address", item("city", "c" + version).s("street", "s"))
                            .list("tags", new S("a"), new S("b"), new S("c" + version))
                            .build());
        }
    }

    private static Map<Map<String, AttributeValue>, Map<String, AttributeValue>> selected(int version) {
        List<Map<String, AttributeValue>> rows = IntStream.range(0, Orders.ITEMS)
                .mapToObj(number -> row("k" + number, version))
                .toList();
        return TableContents.byKey(rows, List.of("id"));
    }

    private static Map<String, AttributeValue> row(String id, int version) {
        return item("id", id)
                .n("version", version)
                .map("address", item("city", "c" + version))
                .list("tags", new S("a"), new S("c" + version))
                .build()
                .materialise();
    }

    private static Map<String, AttributeValue> rowOf(ChangeEvent event, int version) {
        return row(((S) event.keys().materialise().get("id")).value(), version);
    }

    private static Map<String, AttributeValue> before(ChangeEvent event) {
        return event.before().materialise();
    }

    /** Returns the changes read from the stream. */
    private List<ChangeEvent> changes() {
        return orders.replica().events().stream()
                .filter(event -> !event.isFromSnapshot())
                .toList();
    }

    private static ChangeEvent last(List<ChangeEvent> events) {
        return events.get(events.size() - 1);
    }
}
