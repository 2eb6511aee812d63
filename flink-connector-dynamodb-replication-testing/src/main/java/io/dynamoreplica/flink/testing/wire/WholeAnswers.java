/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.ChangeEvent.Images;
import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.service.ScanPage;
import io.dynamoreplica.flink.service.ShardListing;
import io.dynamoreplica.flink.service.ShardPage;
import io.dynamoreplica.flink.service.StreamRecord;
import io.dynamoreplica.flink.service.TableDescription;
import java.util.List;
import java.util.Optional;

/** A check that an answer is complete, whatever it says. */
final class WholeAnswers {

    private WholeAnswers() {}

    /**
     * Converts an answer to a form that can be compared and that does not depend on how the answer
     * arrived.
     *
     * @throws AssertionError if part of the answer is missing
     */
    static Object whole(Object answer) {
        if (answer instanceof ScanPage page) {
            assertThat(page.lastEvaluatedKey()).isNotNull();
            return new ScanPage(
                    page.items().stream().map(WholeAnswers::whole).toList(),
                    page.lastEvaluatedKey(),
                    0,
                    page.consumedReadUnits(),
                    page.serverTime());
        } else if (answer instanceof ShardPage page) {
            return new ShardPage(
                    page.records().stream().map(WholeAnswers::whole).toList(),
                    page.nextIterator(),
                    0,
                    page.serverTime());
        } else if (answer instanceof TableDescription table) {
            assertThat(table.keys()).isNotEmpty().allMatch(key -> !key.name().isEmpty());
            assertThat(table.keys()).allMatch(key -> key.type() != null);
            assertThat(table.tableId()).isNotEmpty();
            assertThat(table.status()).isNotNull();
        } else if (answer instanceof ShardListing listing) {
            assertThat(listing.status()).isNotNull();
            assertThat(listing.shards()).doesNotContainNull();
        } else if (answer instanceof List<?> names) {
            assertThat(names).doesNotContainNull();
        }
        return Optional.ofNullable(answer).orElseThrow();
    }

    private static StreamRecord whole(StreamRecord record) {
        assertThat(record.sequenceNumber()).isNotNull();
        assertThat(record.operation()).isNotNull();
        assertThat(record.created()).isNotNull();
        Images images = record.images();
        return new StreamRecord(
                record.sequenceNumber(),
                record.operation(),
                new Images(
                        whole(images.keys()),
                        images.before() == null ? null : whole(images.before()),
                        images.after() == null ? null : whole(images.after())),
                record.created(),
                record.deletedByTtl());
    }

    private static Item whole(Item item) {
        MapItem decoded = MapItem.copyOf(item);
        assertThat(decoded.materialise()).isNotEmpty();
        // The text of an item contains all its values, so this decodes every value.
        assertThat(decoded.toString()).isNotNull();
        return decoded;
    }
}
