/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ScanPage;
import io.dynamoreplica.flink.service.ScanRequest;
import io.dynamoreplica.flink.split.ItemKey;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of the fake that answers Scans. A key belongs to the name of a table, not to its
 * TableId: if a table is deleted and created again, a Scan goes on in the new table. Guarded by the
 * account's lock.
 */
final class Scans {

    private static final long PAGE_BYTES = 1 << 20;

    private final Account account;
    private final Map<Issued, Place> issued = new HashMap<>();

    Scans(Account account) {
        this.account = account;
    }

    /**
     * A LastEvaluatedKey that was handed out. It is valid only for the same segment of the same
     * total number of segments.
     */
    private record Issued(String table, int segment, int totalSegments, ItemKey key) {
        static Issued in(ScanSplit split, ItemKey key) {
            return new Issued(split.table(), split.segment(), split.totalSegments(), key);
        }
    }

    /**
     * The position at which a Scan goes on.
     *
     * @param emptyPages the number of empty pages already served at this position
     */
    private record Place(PlacedKey key, boolean inclusive, int emptyPages) {}

    Answer<ScanPage> answer(FakeTable table, ScanRequest request) {
        Optional<Place> place = place(request.split());
        if (place.isEmpty()) {
            return Answer.refused(
                    Refusal.Kind.INVALID,
                    "The provided starting key is invalid: " + request.split() + " never got this LastEvaluatedKey");
        }
        return Answer.ok(
                place.get().emptyPages() < account.behaviour().emptyScanPages()
                        ? emptyPage(table, request, place.get())
                        : page(table, request, place.get()));
    }

    private Optional<Place> place(ScanSplit split) {
        if (split.position() instanceof ScanPosition.After after) {
            return Optional.ofNullable(issued.get(Issued.in(split, after.lastEvaluatedKey())));
        }
        return Optional.of(new Place(PlacedKey.before(hashes(split).from()), true, 0));
    }

    private ScanPage emptyPage(FakeTable table, ScanRequest request, Place place) {
        ItemKey key = table.schema().keyOfNoItem(issued.size());
        Place next = new Place(place.key(), place.inclusive(), place.emptyPages() + 1);
        issued.put(Issued.in(request.split(), key), next);
        return new ScanPage(List.of(), Optional.of(key), 0, 0.5, account.clock().instant());
    }

    private ScanPage page(FakeTable table, ScanRequest request, Place place) {
        int limit = Math.min(
                request.pageLimit().orElse(Integer.MAX_VALUE),
                account.behaviour().scanPageItems());
        HashRange hashes = hashes(request.split());
        List<Item> items = new ArrayList<>();
        long bytes = 0;
        Optional<ItemKey> lastKey = Optional.empty();
        for (Map.Entry<PlacedKey, MapItem> entry :
                table.from(place.key(), place.inclusive()).entrySet()) {
            if (!hashes.contains(entry.getKey().hash())) {
                break;
            }
            items.add(MapItem.copyOf(request.projection().of(entry.getValue())));
            bytes += ItemSize.of(entry.getValue());
            if (items.size() == limit || bytes >= PAGE_BYTES) {
                // As in DynamoDB, a page that stops at its limit has a key, even if no item
                // follows.
                lastKey = entry.getKey().key();
                issued.put(Issued.in(request.split(), lastKey.orElseThrow()), new Place(entry.getKey(), false, 0));
                break;
            }
        }
        double units = Math.ceil(bytes / 4096.0) * (request.consistentRead() ? 1 : 0.5);
        return new ScanPage(items, lastKey, bytes, units, account.clock().instant());
    }

    private static HashRange hashes(ScanSplit split) {
        return HashRange.part(split.segment(), split.totalSegments());
    }
}
