/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import static io.dynamoreplica.flink.testing.fake.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.projection.Projection;
import io.dynamoreplica.flink.service.ScanTerms;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests of the cursors with the fake account, until they have nothing to read. */
class CursorCallsTest {

    private final FakeDynamoDb db = new FakeDynamoDb();
    private final Set<Class<?>> made = new HashSet<>();
    private FakeTable table;

    @BeforeEach
    void fill() {
        table = db.createTable(TableSpec.named("orders"));
        table.put(item("id", "a").build());
        db.disableStream("orders");
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void theResultOfEveryCallIsUnderstoodByTheCursorThatMakesIt() {
        ScanSplit segment = new ScanSplit("orders", 1, 0, 1, ScanPosition.START);
        ScanTerms terms = new ScanTerms(Projection.wholeItem(), true, OptionalInt.empty());
        drive(new ScanCursor(segment, terms, new KeyNames(), Backoff.DEFAULT));
        ShardKey shard = table.stream().key(table.stream().shards().get(0).shardId());
        ShardSplit split =
                new ShardSplit(shard, 1, ShardPosition.BEGINNING, db.clock().millis(), ShardSplit.DROP_NOTHING);
        drive(new ShardCursor(split, new ShardTerms(1, false), Backoff.DEFAULT));

        assertThat(made).containsExactlyInAnyOrder(SplitCall.class.getPermittedSubclasses());
    }

    private void drive(SplitCursor cursor) {
        Outcome outcome = new Outcome.Progressed();
        while (!outcome.isFinal()) {
            SplitCall call = cursor.call(cursor.dueAt());
            made.add(call.getClass());
            outcome = cursor.answered(call.on(db.service()), cursor.dueAt());
        }
        assertThat(outcome).isNotInstanceOfAny(Outcome.Failed.class, Outcome.Gap.class);
    }
}
