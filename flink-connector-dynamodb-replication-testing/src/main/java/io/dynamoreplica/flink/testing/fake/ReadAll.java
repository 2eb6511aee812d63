/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.projection.Projection;
import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ScanPage;
import io.dynamoreplica.flink.service.ScanRequest;
import io.dynamoreplica.flink.service.ShardPage;
import io.dynamoreplica.flink.service.StreamRecord;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The simplest client of the port: it reads to the end and fails at the first refusal. */
final class ReadAll {

    private final DynamoDbService service;

    ReadAll(DynamoDbService service) {
        this.service = service;
    }

    static <T> T ok(Answer<T> answer) {
        if (answer instanceof Answer.Ok<T> ok) {
            return ok.value();
        }
        throw new AssertionError("Refused: " + answer);
    }

    static Refusal.Kind refused(Answer<?> answer) {
        if (answer instanceof Answer.Refused<?> refused) {
            return refused.refusal().kind();
        }
        throw new AssertionError("Expected a result, got a refusal: " + answer);
    }

    static ScanRequest request(ScanSplit split) {
        return new ScanRequest(split, Projection.wholeItem(), true, OptionalInt.empty());
    }

    static ScanSplit segment(String table, int segment, int totalSegments) {
        return new ScanSplit(table, 1, segment, totalSegments, ScanPosition.START);
    }

    List<Item> segment(ScanSplit start) {
        List<Item> items = new ArrayList<>();
        ScanSplit split = start;
        while (!split.isFinished()) {
            ScanPage page = ok(service.scan(request(split)));
            items.addAll(page.items());
            split = split.at(page.lastEvaluatedKey()
                    .<ScanPosition>map(ScanPosition.After::new)
                    .orElse(ScanPosition.END));
        }
        return items;
    }

    List<Item> table(String table, int totalSegments) {
        List<Item> items = new ArrayList<>();
        for (int segment = 0; segment < totalSegments; segment++) {
            items.addAll(segment(segment(table, segment, totalSegments)));
        }
        return items;
    }

    String iterator(ShardKey shard, ShardPosition position) {
        return ok(service.shardIterator(shard, position));
    }

    /** Reads the pages of a closed shard. */
    List<ShardPage> pages(ShardKey shard, ShardPosition position) {
        List<ShardPage> pages = new ArrayList<>();
        Optional<String> iterator = Optional.of(iterator(shard, position));
        while (iterator.isPresent()) {
            ShardPage page = ok(service.records(shard, iterator.get()));
            pages.add(page);
            iterator = page.nextIterator();
        }
        return pages;
    }

    /** Reads the records of a closed shard. */
    List<StreamRecord> shard(ShardKey shard, ShardPosition position) {
        return pages(shard, position).stream()
                .flatMap(page -> page.records().stream())
                .toList();
    }
}
