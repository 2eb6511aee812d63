/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.testing.fake.CallKind;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import io.dynamoreplica.flink.testing.job.FakeReplication;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of when the stream begins after the last page of the Scan. */
class HandOverIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    private static final int ITEMS = 300;

    @RegisterExtension
    final FakeReplication fake = new FakeReplication();

    private final FakeDynamoDb db = fake.db();
    private final FakeTable table = fake.filled(TableSpec.named("orders").withShards(2), ITEMS);
    private final Replica replica = fake.replica();

    @Test
    void itWaitsForACheckpointThatBeganAfterTheLastPage() throws Exception {
        // Flink takes no checkpoint on its own, because the test could not know when such a checkpoint begins and
        // ends.
        try (RunningJob job = job().withoutCheckpoints().start(replica)) {
            job.until("the copy is complete", () -> replica.equalsTable(table));
            table.load(0, ITEMS, 2);
            long listings = db.calls().count(CallKind.LIST_SHARDS);
            job.until("discovery has run twice", () -> db.calls().count(CallKind.LIST_SHARDS) >= listings + 2);
            assertThat(db.calls().iterators())
                    .noneMatch(asked -> asked.position().equals(ShardPosition.BEGINNING));

            job.checkpoint();
            job.until("the stream is read", () -> replica.equalsTable(table));
        }
    }

    @Test
    void checkpointsThatAreOffDuringBacklogComeInTimeForTheFence() throws Exception {
        try (RunningJob job = job().flink("execution.checkpointing.interval-during-backlog", "0 ms")
                .start(replica)) {
            job.until("the copy is complete", () -> replica.equalsTable(table));
            table.load(0, ITEMS, 2);
            job.until("the stream is read", () -> replica.equalsTable(table));
        }
    }

    @Test
    void immediateNeedsNoCheckpoints() throws Exception {
        try (RunningJob job = job().withoutCheckpoints()
                .option("scan.snapshot.hand-over", "immediate")
                .start(replica)) {
            job.until("the copy is complete", () -> replica.size() == ITEMS);
            table.load(0, ITEMS, 2);
            job.until("the stream is read", () -> replica.equalsTable(table));
        }
        assertThat(replica.count(Operation.READ)).isEqualTo(ITEMS);
        assertThat(replica.count(Operation.MODIFY)).isEqualTo(ITEMS);
    }

    private ReplicaJob job() {
        return ReplicaJob.of(FLINK, db.register(), "orders");
    }
}
