/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

import static io.dynamoreplica.flink.testing.fake.Items.item;
import static io.dynamoreplica.flink.testing.fake.ReadAll.ok;
import static io.dynamoreplica.flink.testing.fake.ReadAll.refused;
import static io.dynamoreplica.flink.testing.fake.ReadAll.request;
import static io.dynamoreplica.flink.testing.fake.ReadAll.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.config.ReplicationConfigParser;
import io.dynamoreplica.flink.projection.Projection;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ScanPage;
import io.dynamoreplica.flink.service.ScanRequest;
import io.dynamoreplica.flink.service.TableDescription;
import io.dynamoreplica.flink.split.ItemKey.KeyType;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeDynamoDbTest {

    private final FakeDynamoDb db = new FakeDynamoDb();
    private final DynamoDbService service = db.service();
    private final ReadAll read = new ReadAll(service);

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void theSegmentsOfAScanHoldEveryItemOnce() {
        FakeTable orders = fill("orders", 500);
        db.behaviour().scanPageItems(7).emptyScanPages(1);

        List<Item> scanned = read.table("orders", 9);

        assertThat(scanned)
                .containsExactlyInAnyOrderElementsOf(orders.snapshot().values());
        assertThat(scanned).hasSize(500);
    }

    @Test
    void everySegmentOfFewHoldsAPart() {
        fill("orders", 200);

        for (int segment = 0; segment < 4; segment++) {
            assertThat(read.segment(segment("orders", segment, 4))).hasSizeBetween(20, 100);
        }
    }

    @Test
    void anItemWrittenBehindTheScanIsMissedAndOneAheadOfItIsSeen() {
        FakeTable orders = fill("orders", 100);
        ScanSplit split = segment("orders", 0, 1);
        ScanPage first = ok(service.scan(new ScanRequest(split, Projection.wholeItem(), true, limit(50))));
        fill(orders, 100, 200);

        List<Item> rest = read.segment(split.at(after(first)));

        Set<Item> seen = new HashSet<>(first.items());
        assertThat(seen).doesNotContainAnyElementsOf(rest);
        assertThat(rest.size()).isGreaterThan(50).isLessThan(150);
        seen.addAll(rest);
        assertThat(seen).hasSizeLessThan(200);
    }

    @Test
    void aLastEvaluatedKeyIsGoodForItsOwnNumberOfSegmentsOnly() {
        fill("orders", 20);
        ScanPage page =
                ok(service.scan(new ScanRequest(segment("orders", 0, 1), Projection.wholeItem(), true, limit(5))));

        ScanSplit otherNumber = segment("orders", 0, 2).at(after(page));

        assertThat(refused(service.scan(request(otherNumber)))).isEqualTo(Refusal.Kind.INVALID);
    }

    @Test
    void aPageThatEndsAtItsLimitHasAKeyEvenWithNothingBehindIt() {
        fill("orders", 5);
        ScanSplit split = segment("orders", 0, 1);

        ScanPage full = ok(service.scan(new ScanRequest(split, Projection.wholeItem(), false, limit(5))));
        ScanPage last = ok(service.scan(request(split.at(after(full)))));

        assertThat(full.items()).hasSize(5);
        assertThat(last.items()).isEmpty();
        assertThat(last.lastEvaluatedKey()).isEmpty();
    }

    @Test
    void aScanLeavesOutAttributesNotAskedFor() {
        db.createTable(TableSpec.named("orders"))
                .put(item("id", "a").n("total", 3).s("note", "x").build());
        Projection asked = Projection.ofAttributes(List.of("id", "total"));

        ScanPage page = ok(service.scan(new ScanRequest(segment("orders", 0, 1), asked, true, limit(9))));

        assertThat(page.items()).containsExactly(item("id", "a").n("total", 3).build());
    }

    @Test
    void aSortKeyKeepsItemsApartAndEqualNumbersTogether() {
        FakeTable lines = db.createTable(TableSpec.named("lines").withSortKey("line", KeyType.N));
        lines.put(item("id", "a").n("line", "10").build());
        lines.put(item("id", "a").n("line", "9").build());
        lines.put(item("id", "a").n("line", "9.0").s("note", "same key").build());

        assertThat(read.table("lines", 1))
                .containsExactly(
                        item("id", "a").n("line", "9.0").s("note", "same key").build(),
                        item("id", "a").n("line", "10").build());
    }

    @Test
    void aTableMadeAnewHasAnotherIdAndStreamAndItsScanRunsOn() {
        fill("orders", 10);
        ScanSplit split = segment("orders", 0, 1);
        ScanPage page = ok(service.scan(new ScanRequest(split, Projection.wholeItem(), true, limit(1))));
        TableDescription old = ok(service.describeTable("orders"));

        fill(db.recreateTable("orders"), 0, 10);
        TableDescription fresh = ok(service.describeTable("orders"));

        assertThat(fresh.tableId()).isNotEqualTo(old.tableId());
        assertThat(arn(fresh)).isNotEqualTo(arn(old));
        assertThat(ok(service.listShards(arn(old))).status()).isEqualTo("DISABLED");
        assertThat(read.segment(split.at(after(page)))).hasSize(9);
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        assertThat(refused(service.describeTable("none"))).isEqualTo(Refusal.Kind.NOT_FOUND);
        assertThat(refused(service.listShards("arn:none"))).isEqualTo(Refusal.Kind.NOT_FOUND);
        assertThat(refused(service.scan(request(segment("none", 0, 1))))).isEqualTo(Refusal.Kind.NOT_FOUND);
    }

    @Test
    void theLogShowsWhichPagesWereAskedFor() {
        fill("orders", 3);
        db.behaviour().scanPageItems(2);

        read.table("orders", 1);

        assertThat(db.calls().count(CallKind.SCAN)).isEqualTo(2);
        assertThat(db.calls().scans())
                .extracting(request -> request.split().position().getClass().getSimpleName())
                .containsExactly("Start", "After");
    }

    @Test
    void aFactoryThatWasSerializedFindsTheAccountUntilItIsClosed() throws Exception {
        FakeDynamoDbServiceFactory factory = InstantiationUtil.clone(db.register());
        db.createTable(TableSpec.named("orders"));

        try (DynamoDbService opened = factory.open(ReplicationConfigParser.job(Map.of()))) {
            assertThat(ok(opened.describeTable("orders")).status()).isEqualTo("ACTIVE");
            assertThat(db.openServices()).isEqualTo(2);
        }

        assertThat(db.openServices()).isEqualTo(1);
        db.close();
        assertThatThrownBy(() -> factory.open(ReplicationConfigParser.job(Map.of())))
                .hasMessageContaining("it was closed");
    }

    private FakeTable fill(String table, int items) {
        return fill(db.createTable(TableSpec.named(table)), 0, items);
    }

    private static FakeTable fill(FakeTable table, int from, int to) {
        for (int i = from; i < to; i++) {
            table.put(order(i));
        }
        return table;
    }

    private static MapItem order(int number) {
        return item("id", "order-" + number).n("version", 1).build();
    }

    private static OptionalInt limit(int items) {
        return OptionalInt.of(items);
    }

    private static ScanPosition after(ScanPage page) {
        return new ScanPosition.After(page.lastEvaluatedKey().orElseThrow());
    }

    private static String arn(TableDescription table) {
        return table.stream().orElseThrow().streamArn();
    }
}
