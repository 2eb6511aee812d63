/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.world;

import io.dynamoreplica.flink.projection.Projection;
import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.ScanPage;
import io.dynamoreplica.flink.service.ScanRequest;
import io.dynamoreplica.flink.service.ShardPage;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A reader that reads to the end and allows no refusal. */
final class PlainReader {

    /** Reads to the end of a closed shard, or until an open shard has returned no record a few times. */
    static List<ShardPage> pages(ShardKey shard, DynamoDbService service) {
        List<ShardPage> pages = new ArrayList<>();
        Optional<String> next = Optional.of(ok(service.shardIterator(shard, ShardPosition.BEGINNING)));
        int empty = 0;
        while (next.isPresent() && empty < 3) {
            ShardPage page = ok(service.records(shard, next.get()));
            pages.add(page);
            empty = page.records().isEmpty() ? empty + 1 : 0;
            next = page.nextIterator();
        }
        return pages;
    }

    static List<ScanPage> scan(DynamoDbService service) {
        List<ScanPage> pages = new ArrayList<>();
        ScanPosition position = ScanPosition.START;
        while (!position.equals(ScanPosition.END)) {
            ScanPage page = ok(service.scan(request(position)));
            pages.add(page);
            position = page.lastEvaluatedKey()
                    .<ScanPosition>map(ScanPosition.After::new)
                    .orElse(ScanPosition.END);
        }
        return pages;
    }

    static ScanRequest request(ScanPosition position) {
        ScanSplit split = new ScanSplit("orders", 1, 0, 1, position);
        return new ScanRequest(split, Projection.wholeItem(), true, OptionalInt.empty());
    }

    static <T> T ok(Answer<T> answer) {
        if (answer instanceof Answer.Ok<T> ok) {
            return ok.value();
        }
        throw new AssertionError("Refused: " + answer);
    }

    private PlainReader() {}
}
