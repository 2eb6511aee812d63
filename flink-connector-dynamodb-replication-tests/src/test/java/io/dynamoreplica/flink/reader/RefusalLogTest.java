/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.reader.cursor.SplitCall;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalLogTest {

    private static final long LONG = RefusalLog.LONG.toMillis();

    private final List<String> warnings = new ArrayList<>();
    private final RefusalLog log = new RefusalLog(warnings::add);
    private final ShardSplit split = new ShardSplit(
            new ShardKey("orders", "arn:stream", "shard-7"), 3, ShardPosition.OLDEST_KEPT, 0, ShardSplit.DROP_NOTHING);
    private final SplitCall call = new SplitCall.GetRecords(split.shard(), "an iterator");

    @Test
    void aRunIsNamedWhenItBeginsAndOnceWhenItIsLong() {
        for (long now = 0; now <= 3 * LONG; now += 20_000) {
            log.refused(split, call, new Refusal(Refusal.Kind.TRIMMED, "is trimmed"), now);
        }
        assertThat(warnings).hasSize(2);
        assertThat(warnings.get(1))
                .contains("orders/3/shard-7", "no progress", "10 minutes", "(TRIMMED): is trimmed")
                .contains("waits for a first record", "stalledSplits");
        assertThat(log.stalled()).isEqualTo(1);
    }

    @Test
    void aRunThatIsShortIsNotNamedAgain() {
        log.refused(split, call, new Refusal(Refusal.Kind.DENIED, "no"), 0);
        log.refused(split, call, new Refusal(Refusal.Kind.DENIED, "no"), LONG);
        assertThat(warnings).hasSize(1);
        assertThat(log.stalled()).isZero();
    }

    @Test
    void eachRunCountsFromItsOwnBegin() {
        log.refused(split, call, new Refusal(Refusal.Kind.THROTTLED, "slow"), 0);
        log.answered(split, call);
        log.refused(split, call, new Refusal(Refusal.Kind.THROTTLED, "slow"), LONG);
        log.refused(split, call, new Refusal(Refusal.Kind.THROTTLED, "slow"), 2 * LONG);
        assertThat(log.stalled()).isZero();
        log.refused(split, call, new Refusal(Refusal.Kind.THROTTLED, "slow"), 2 * LONG + 1);
        assertThat(log.stalled()).isEqualTo(1);
        assertThat(warnings).hasSize(3);
    }

    @Test
    void splitsCountEachForItself() {
        ScanSplit other = new ScanSplit("orders", 3, 0, 1, ScanPosition.START);
        for (long now : List.of(0L, LONG + 1)) {
            log.refused(split, call, new Refusal(Refusal.Kind.UNAVAILABLE, "gone"), now);
            log.refused(other, new SplitCall.DescribeTable("orders"), new Refusal(Refusal.Kind.DENIED, "no"), now);
        }
        assertThat(log.stalled()).isEqualTo(2);
        log.dropped(other);
        assertThat(log.stalled()).isEqualTo(1);
        log.answered(split, call);
        assertThat(log.stalled()).isZero();
    }
}
