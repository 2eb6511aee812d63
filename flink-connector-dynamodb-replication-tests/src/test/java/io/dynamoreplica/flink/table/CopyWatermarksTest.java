/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.junit.jupiter.api.Test;

/** The rows that move the watermark of a declared table, and how far they move it. */
class CopyWatermarksTest {

    /** The watermark is the first column of the row, emitted immediately and again periodically. */
    private static final WatermarkStrategy<RowData> DECLARED =
            WatermarkStrategy.forGenerator(context -> new FirstColumn());

    private final SeenWatermarks seen = new SeenWatermarks();

    @Test
    void aChangeMovesTheWatermarkAsDeclared() {
        WatermarkGenerator<RowData> shard = generator(false);
        shard.onEvent(row(70), 50, seen);
        shard.onPeriodicEmit(seen);

        assertThat(seen.signs).containsExactly("70", "70");
    }

    @Test
    void aScannedRowMovesNoWatermark() {
        WatermarkGenerator<RowData> segment = generator(false);
        segment.onEvent(row(70), TimestampAssigner.NO_TIMESTAMP, seen);
        segment.onPeriodicEmit(seen);

        assertThat(seen.signs).isEmpty();
    }

    @Test
    void whereOneCopyFollowsAnotherTheWatermarkMovesToTheBeginOfTheNewest() {
        WatermarkGenerator<RowData> segment = generator(true);
        segment.onEvent(row(70), 50, seen);
        segment.onEvent(row(30), 50, seen);
        segment.onPeriodicEmit(seen);

        assertThat(seen.signs).containsExactly("49", "30", "30");
    }

    @Test
    void whatIsSaidOfIdlenessPasses() {
        WatermarkGenerator<RowData> segment = new CopyWatermarks(
                        WatermarkStrategy.forGenerator(context -> new AlwaysIdle()), false)
                .createWatermarkGenerator(() -> null);
        segment.onEvent(row(70), TimestampAssigner.NO_TIMESTAMP, seen);
        segment.onPeriodicEmit(seen);

        assertThat(seen.signs).containsExactly("active", "idle");
    }

    @Test
    void alignmentIsAsDeclared() {
        WatermarkStrategy<RowData> aligned = DECLARED.withWatermarkAlignment("group", Duration.ofSeconds(30));

        assertThat(new CopyWatermarks(aligned, false).getAlignmentParameters().getWatermarkGroup())
                .isEqualTo("group");
        assertThat(new CopyWatermarks(DECLARED, false).getAlignmentParameters().isEnabled())
                .isFalse();
    }

    private static WatermarkGenerator<RowData> generator(boolean onlyCopies) {
        return new CopyWatermarks(DECLARED, onlyCopies).createWatermarkGenerator(() -> null);
    }

    private static RowData row(long first) {
        return GenericRowData.of(first);
    }

    private static final class FirstColumn implements WatermarkGenerator<RowData> {
        private long last = Long.MIN_VALUE;

        @Override
        public void onEvent(RowData row, long timestamp, WatermarkOutput output) {
            last = row.getLong(0);
            output.emitWatermark(new Watermark(last));
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            output.emitWatermark(new Watermark(last));
        }
    }

    private static final class AlwaysIdle implements WatermarkGenerator<RowData> {
        @Override
        public void onEvent(RowData row, long timestamp, WatermarkOutput output) {
            output.markActive();
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            output.markIdle();
        }
    }

    private static final class SeenWatermarks implements WatermarkOutput {
        private final List<String> signs = new ArrayList<>();

        @Override
        public void emitWatermark(Watermark watermark) {
            signs.add(Long.toString(watermark.getTimestamp()));
        }

        @Override
        public void markIdle() {
            signs.add("idle");
        }

        @Override
        public void markActive() {
            signs.add("active");
        }
    }
}
