/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.ChangeEvent.Images;
import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.service.StreamRecord;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import io.dynamoreplica.flink.testing.fake.Items;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardSplitStateTest {

    private static final long ANCHOR = 100_000;

    /**
     * Creation times in seconds. The fourth is older than the third: because times are cut to seconds, they can go
     * back.
     */
    private static final List<StreamRecord> SHARD =
            List.of(record("1", 98), record("2", 99), record("3", 100), record("4", 99));

    @Test
    void dropsTheRecordsBeforeTheAnchorAndFromTheFirstOtherOnNone() {
        assertThat(wanted(new ShardSplitState(split(ANCHOR)), SHARD)).containsExactly("3", "4");
    }

    @Test
    void aRestoreAnywhereGoesOnWithTheRule() {
        for (int checkpoint = 0; checkpoint <= SHARD.size(); checkpoint++) {
            ShardSplitState before = new ShardSplitState(split(ANCHOR));
            List<String> wanted = wanted(before, SHARD.subList(0, checkpoint));
            ShardSplitState after = new ShardSplitState(before.split());

            wanted.addAll(wanted(after, SHARD.subList(checkpoint, SHARD.size())));

            assertThat(wanted).containsExactly("3", "4");
        }
    }

    @Test
    void dropsNothingWithoutAnAnchor() {
        assertThat(wanted(new ShardSplitState(split(ShardSplit.DROP_NOTHING)), SHARD))
                .hasSize(4);
    }

    @Test
    void droppedRecordsAdvanceThePositionAndTheProof() {
        ShardSplitState state = new ShardSplitState(split(ANCHOR));

        state.passed(SHARD.get(0));

        assertThat(state.split()).isEqualTo(split(ANCHOR).at(new ShardPosition.After("1"), 98_000, ANCHOR));
    }

    @Test
    void theProofNeverGoesBack() {
        ShardSplitState state = new ShardSplitState(split(ShardSplit.DROP_NOTHING));
        SHARD.forEach(state::passed);

        assertThat(state.split().proof()).isEqualTo(100_000);
        assertThat(state.split().position()).isEqualTo(new ShardPosition.After("4"));
        assertThat(state.finished().position()).isEqualTo(ShardPosition.END);
    }

    @Test
    void aProofMovesNothingElseAndNeverGoesBack() {
        ShardSplitState state = new ShardSplitState(split(ANCHOR));

        state.proven(60_000);
        state.proven(40_000);

        assertThat(state.split()).isEqualTo(split(ANCHOR).at(ShardPosition.BEGINNING, 60_000, ANCHOR));
    }

    @Test
    void behindAGapTheOldestRecordKeptComesNextAndTheAnchorStillCounts() {
        ShardSplitState state = new ShardSplitState(split(ANCHOR));
        state.passed(SHARD.get(0));

        state.gapPassed();

        assertThat(state.split()).isEqualTo(split(ANCHOR).at(ShardPosition.OLDEST_KEPT, 98_000, ANCHOR));
    }

    private static List<String> wanted(ShardSplitState state, List<StreamRecord> records) {
        List<String> wanted = new ArrayList<>();
        for (StreamRecord record : records) {
            if (state.wants(record)) {
                wanted.add(record.sequenceNumber());
            }
            state.passed(record);
        }
        return wanted;
    }

    private static ShardSplit split(long dropBefore) {
        ShardKey shard = new ShardKey("orders", "arn", "shard-1");
        return new ShardSplit(shard, 1, ShardPosition.BEGINNING, 50_000, dropBefore);
    }

    private static StreamRecord record(String sequenceNumber, long second) {
        Images images = new Images(Items.item("id", "a").build(), null, null);
        return new StreamRecord(sequenceNumber, Operation.REMOVE, images, Instant.ofEpochSecond(second), false);
    }
}
