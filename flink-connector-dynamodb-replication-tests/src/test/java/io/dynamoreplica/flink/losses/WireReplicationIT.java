/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.losses;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.wire.ErrorCode;
import io.dynamoreplica.flink.testing.wire.WireFault;
import io.dynamoreplica.flink.testing.wire.WireRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of a job over the wire, with the real SDK and Flink, and with faults that DynamoDB Local never shows. */
class WireReplicationIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    @RegisterExtension
    final Orders orders = Orders.inShards(1);

    @Test
    void aTableIsReplicatedWhileItsShardSplits() throws Exception {
        String shard = orders.shard();
        try (RunningJob job = orders.job(FLINK).start(orders.replica())) {
            orders.untilEqual(job);
            orders.db().faults().stall(shard);
            orders.table().load(0, Orders.ITEMS, 2);
            List<String> children = orders.stream().split(shard);
            orders.table().load(0, Orders.ITEMS, 3);
            orders.table().delete(7);
            orders.db().faults().release(shard);

            orders.untilEqual(job);
            assertThat(children).allMatch(child -> orders.wire().count(WireRequest.toShard(child)) > 0);
        }
        assertThat(orders.replica().count(Operation.READ)).isEqualTo(Orders.ITEMS);
        assertThat(orders.replica().count(Operation.MODIFY)).isEqualTo(2 * Orders.ITEMS);
        assertThat(orders.replica().count(Operation.REMOVE)).isEqualTo(1);
    }

    /** The job has no restarts. If a damaged answer were a failure, the job would fail. */
    @Test
    void answersThatAreDamagedNowAndThenLoseNothing() throws Exception {
        List<WireFault> damages = List.of(
                WireFault.cutInTheBody(),
                WireFault.truncatedJson(),
                WireFault.emptyBody(),
                WireFault.wrongChecksum(),
                WireFault.refusal(ErrorCode.ACCESS_DENIED));
        try (RunningJob job = orders.job(FLINK).start(orders.replica())) {
            job.until("the job is admitted and scans", () -> orders.replica().size() > 0);
            for (WireFault damage : damages) {
                orders.wire().faults().sometimes(damages.indexOf(damage), 0.05, any -> true, damage);
            }
            orders.untilEqual(job);
            orders.table().load(0, Orders.ITEMS, 2);
            orders.stream().openShards().forEach(orders.stream()::split);
            orders.table().load(0, Orders.ITEMS, 3);
            orders.untilEqual(job);
            assertThat(orders.wire().faults().met()).isPositive();
        }
        assertThat(orders.replica().count(Operation.READ)).isEqualTo(Orders.ITEMS);
        assertThat(orders.replica().count(Operation.MODIFY)).isEqualTo(2 * Orders.ITEMS);
    }
}
