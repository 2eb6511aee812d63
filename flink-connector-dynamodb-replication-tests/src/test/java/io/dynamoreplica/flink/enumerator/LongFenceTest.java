/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.config.ReplicationConfigParser;
import io.dynamoreplica.flink.protocol.EnumeratorState;
import io.dynamoreplica.flink.split.ReaderReport;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.SplitsFinished;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A job without checkpoints. After its table was copied, no event comes any more. */
class LongFenceTest {

    private final List<String> warnings = new ArrayList<>();
    private final CoordinatorModel flink = new CoordinatorModel(1);
    private long now;

    @Test
    void nothingElseHasToHappenToHearOfIt() {
        try (FakeDynamoDb db = new FakeDynamoDb()) {
            db.createTable(TableSpec.named("orders"));
            ReplicationEnumerator enumerator = enumerator(db);
            copyTable(enumerator);
            assertThat(warnings).isEmpty();

            now += FenceWatch.FIRST.toNanos();
            flink.runUntil("the warning", () -> !warnings.isEmpty());
            assertThat(warnings)
                    .singleElement()
                    .asString()
                    .startsWith("Table orders has waited for a checkpoint for 1 min");
            enumerator.close();
        }
    }

    private ReplicationEnumerator enumerator(FakeDynamoDb db) {
        return new ReplicationEnumerator(
                flink,
                ReplicationConfigParser.parse(
                        Map.of("table-name", "orders", "scan.stream.discovery-interval", "1 h"), List.of()),
                db.service(),
                new EnumeratorState(Map.of()),
                new FenceWatch(() -> now, warnings::add));
    }

    private void copyTable(ReplicationEnumerator enumerator) {
        enumerator.start();
        flink.register(0);
        enumerator.addReader(0);
        enumerator.handleSourceEvent(0, new ReaderReport(List.of(), List.of()));
        flink.runUntil("the copy", () -> !flink.assignedTo(0).isEmpty());
        flink.assignedTo(0)
                .forEach(split -> enumerator.handleSourceEvent(
                        0, new SplitsFinished(List.of(((ScanSplit) split).at(ScanPosition.END)))));
        flink.runUntil("the fence", () -> !flink.backlog.get(flink.backlog.size() - 1));
    }
}
