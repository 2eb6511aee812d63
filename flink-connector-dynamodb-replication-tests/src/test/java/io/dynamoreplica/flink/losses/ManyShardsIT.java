/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.losses;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.wire.WireRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of listings over several pages. A page of a listing has 100 shards. */
class ManyShardsIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    private static final int SHARDS = 250;

    @RegisterExtension
    final Orders orders = Orders.inShards(SHARDS);

    @Test
    void everyShardBeyondTheFirstHundredIsReadToo() throws Exception {
        List<String> shards = orders.stream().openShards();
        try (RunningJob job =
                orders.job(FLINK).option("scan.stream.poll-interval", "5 s").start(orders.replica())) {
            orders.untilEqual(job);
            orders.table().load(0, 2 * Orders.ITEMS, 2);
            orders.untilEqual(job);
            job.until("every shard is read", () -> shards.stream().allMatch(shard -> orders.pagesAskedOf(shard) > 0));
        }
        assertThat(orders.wire().count(WireRequest.forAFurtherPage())).isPositive();
        assertThat(orders.replica().count(Operation.INSERT)).isEqualTo(Orders.ITEMS);
        assertThat(orders.replica().count(Operation.MODIFY)).isEqualTo(Orders.ITEMS);
    }
}
