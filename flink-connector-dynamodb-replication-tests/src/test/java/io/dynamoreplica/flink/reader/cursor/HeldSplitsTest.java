/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldSplitsTest {

    private final HeldSplits splits = new HeldSplits();

    @Test
    void aSplitIsToBeReadOnce() {
        assertThat(splits.add(List.of(split("orders", 3))).toRead()).hasSize(1);
        assertThat(splits.add(List.of(split("orders", 3))).toRead()).isEmpty();
    }

    @Test
    void anEndIsKeptAndReportedToWhoeverGivesTheSplitAgainUntilItIsForgotten() {
        splits.add(List.of(split("orders", 3)));
        splits.ended(List.of(end("orders", 3)));

        assertThat(splits.add(List.of(split("orders", 3))).toReport()).containsExactly(end("orders", 3));
        assertThat(splits.finished()).containsExactly(end("orders", 3));

        splits.forget(List.of(end("orders", 3).splitId()));
        assertThat(splits.finished()).isEmpty();
    }

    @Test
    void aWithdrawnSplitIsGoneWhateverStillComesInForIt() {
        splits.add(List.of(split("orders", 3), end("orders", 2)));

        assertThat(splits.withdraw("orders", 3))
                .containsExactly(split("orders", 3).splitId());
        splits.ended(List.of(end("orders", 3)));

        assertThat(splits.finished()).isEmpty();
        assertThat(splits.isWithdrawn(split("orders", 3))).isTrue();
        assertThatThrownBy(() -> splits.add(List.of(split("orders", 3))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("orders/3/segment-0");
    }

    @Test
    void aWithdrawalTouchesNeitherNewerEpochsNorOtherTablesNorWhatIsGivenLater() {
        List<ReplicationSplit> others = List.of(split("orders", 4), split("users", 1));
        splits.add(others);
        assertThat(splits.withdraw("orders", 3)).isEmpty();
        assertThat(others).noneMatch(splits::isWithdrawn);

        assertThat(splits.add(List.of(split("orders", 3))).toRead()).containsExactly(split("orders", 3));
    }

    private static ReplicationSplit split(String table, long epoch) {
        return new ScanSplit(table, epoch, 0, 1, ScanPosition.START);
    }

    private static ReplicationSplit end(String table, long epoch) {
        return new ScanSplit(table, epoch, 0, 1, ScanPosition.END);
    }
}
