/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.Lineage;
import io.dynamoreplica.flink.protocol.Phase;
import io.dynamoreplica.flink.protocol.SplitEntry;
import io.dynamoreplica.flink.protocol.SplitLedger;
import io.dynamoreplica.flink.protocol.SplitStatus;
import io.dynamoreplica.flink.protocol.TableRules.StartRequest;
import io.dynamoreplica.flink.protocol.TableState;
import io.dynamoreplica.flink.protocol.TableState.Copy;
import io.dynamoreplica.flink.protocol.TableState.Identity;
import io.dynamoreplica.flink.protocol.TableState.Renewal;
import io.dynamoreplica.flink.protocol.TableState.StreamView;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the gauge of shards that wait for a reader shows between two listings. */
class WaitingShardsHeadroomTest {

    private static final long PROOF = 1_750_000_000_000L;
    private static final long ALL = Duration.ofHours(24).toSeconds();

    private Duration now = Duration.ofDays(-1);
    private final WaitingShardsHeadroom headroom = new WaitingShardsHeadroom("orders", () -> now.toNanos());

    @Test
    void itShrinksWhileTheStreamCannotBeListed() {
        headroom.stateChanged(listed(Duration.ofHours(1), SplitStatus.UNASSIGNED));
        assertThat(headroom.seconds()).isEqualTo(ALL - 3600);

        pass(Duration.ofHours(2));
        assertThat(headroom.seconds()).isEqualTo(ALL - 3 * 3600);
        headroom.stateChanged(listed(Duration.ofHours(1), SplitStatus.UNASSIGNED));
        assertThat(headroom.seconds()).as("the same listing").isEqualTo(ALL - 3 * 3600);

        headroom.stateChanged(listed(Duration.ofHours(4), SplitStatus.UNASSIGNED));
        assertThat(headroom.seconds()).as("another listing").isEqualTo(ALL - 4 * 3600);
        pass(Duration.ofDays(2));
        assertThat(headroom.seconds()).isZero();
    }

    @Test
    void itIsWholeWhileNoShardWaits() {
        headroom.stateChanged(listed(Duration.ofHours(1), new SplitStatus.Assigned(0)));
        pass(Duration.ofHours(2));
        assertThat(headroom.seconds()).isEqualTo(ALL);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private static TableState listed(Duration afterProof, SplitStatus status) {
        ShardSplit shard = new ShardSplit(
                new ShardKey("orders", "arn", "shard-1"), 7, ShardPosition.BEGINNING, PROOF, ShardSplit.DROP_NOTHING);
        return TableState.restored(
                new StartRequest(StartupMode.INITIAL, ""),
                new Copy("orders", 7, Phase.SCANNING, Identity.UNKNOWN, Renewal.NONE),
                SplitLedger.restored(List.of(new SplitEntry(shard, status))),
                new StreamView(Lineage.EMPTY, PROOF, PROOF + afterProof.toMillis()));
    }
}
