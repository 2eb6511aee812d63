/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.job.WireTable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A job over the wire: the real SDK, a real Flink, and what DynamoDB Local never does. */
class WireReplicationIT {

    @RegisterExtension static final FlinkCluster FLINK = new FlinkCluster();

    private static final int ITEMS = 300;

    private final WireDynamoDb wire = WireDynamoDb.start();
    private final WireTable orders = WireTable.create(wire, "orders", 1);
    private final Replica replica = Replica.withHistory();

    @BeforeEach
    void fill() {
        wire.db().behaviour().scanPageItems(20).recordsPerPage(20);
        orders.load(0, ITEMS, 1);
        wire.db().clock().advance(Duration.ofHours(1));
    }

    @AfterEach
    void close() {
        replica.close();
        wire.close();
    }

    @Test
    void aTableIsReplicatedWhileItsShardSplits() throws Exception {
        String shard = orders.stream().openShards().get(0);
        try (RunningJob job = job().start(replica)) {
            job.until("the copy is complete", () -> orders.isEqualTo(replica));
            wire.db().faults().stall(shard);
            orders.load(0, ITEMS, 2);
            List<String> children = orders.stream().split(shard);
            orders.load(0, ITEMS, 3);
            orders.delete(7);
            wire.db().faults().release(shard);

            job.until("the replica equals the table", () -> orders.isEqualTo(replica));
            assertThat(children).allMatch(child -> wire.count(WireRequest.toShard(child)) > 0);
        }
        assertThat(replica.count(Operation.READ)).isEqualTo(ITEMS);
        assertThat(replica.count(Operation.MODIFY)).isEqualTo(2 * ITEMS);
        assertThat(replica.count(Operation.REMOVE)).isEqualTo(1);
    }

    /** Without a restart: were a damaged answer a failure, the job would end. */
    @Test
    void answersThatAreDamagedNowAndThenLoseNothing() throws Exception {
        List<WireFault> damages =
                List.of(
                        WireFault.cutInTheBody(),
                        WireFault.truncatedJson(),
                        WireFault.emptyBody(),
                        WireFault.wrongChecksum(),
                        WireFault.refusal(ErrorCode.ACCESS_DENIED));
        try (RunningJob job = job().start(replica)) {
            job.until("the job is admitted and scans", () -> replica.size() > 0);
            for (WireFault damage : damages) {
                wire.faults().sometimes(damages.indexOf(damage), 0.05, any -> true, damage);
            }
            job.until("the copy is complete", () -> orders.isEqualTo(replica));
            orders.load(0, ITEMS, 2);
            orders.stream().openShards().forEach(orders.stream()::split);
            orders.load(0, ITEMS, 3);
            job.until("the replica equals the table", () -> orders.isEqualTo(replica));
            assertThat(wire.faults().met()).isPositive();
        }
        assertThat(replica.count(Operation.READ)).isEqualTo(ITEMS);
        assertThat(replica.count(Operation.MODIFY)).isEqualTo(2 * ITEMS);
    }

    private ReplicaJob job() {
        return orders.job(FLINK).flink("restart-strategy.type", "none");
    }
}
