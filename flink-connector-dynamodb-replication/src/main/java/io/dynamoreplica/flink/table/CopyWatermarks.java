/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkAlignmentParams;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.table.data.RowData;

/**
 * The declared watermarks, held back while rows come from a copy.
 *
 * <p>A Scan does not return items in an order of time, and the stream after it begins with changes that
 * are as old as the begin of the copy. If a scanned row moved the watermark, other rows of the copy and
 * changes of its stream would be late, and a window would drop them. Therefore no scanned row moves the
 * watermark where a stream follows the copy, or where one copy is all. Where one copy follows another,
 * the watermark moves on to the begin of the newest copy.
 *
 * <p>Scanned rows still count as activity: a split that is being scanned does not become idle.
 */
final class CopyWatermarks implements WatermarkStrategy<RowData> {

    private static final long serialVersionUID = 1L;

    private final WatermarkStrategy<RowData> declared;
    private final boolean onlyCopies;

    /**
     * @param declared the strategy that the planner made of the table's declaration and options
     * @param onlyCopies whether every row is scanned and has the time of its copy as timestamp; if not, a
     *     scanned row has no timestamp
     */
    CopyWatermarks(WatermarkStrategy<RowData> declared, boolean onlyCopies) {
        this.declared = declared;
        this.onlyCopies = onlyCopies;
    }

    @Override
    public WatermarkGenerator<RowData> createWatermarkGenerator(WatermarkGeneratorSupplier.Context context) {
        return new Generator(declared.createWatermarkGenerator(context), onlyCopies);
    }

    @Override
    public TimestampAssigner<RowData> createTimestampAssigner(TimestampAssignerSupplier.Context context) {
        return declared.createTimestampAssigner(context);
    }

    @Override
    public WatermarkAlignmentParams getAlignmentParameters() {
        return declared.getAlignmentParameters();
    }

    /** The generator of one split. A split is a part of a copy or a part of the stream, never both. */
    private static final class Generator implements WatermarkGenerator<RowData> {

        private final WatermarkGenerator<RowData> declared;
        private final boolean onlyCopies;
        private final Limited limited = new Limited();

        Generator(WatermarkGenerator<RowData> declared, boolean onlyCopies) {
            this.declared = declared;
            this.onlyCopies = onlyCopies;
        }

        @Override
        public void onEvent(RowData row, long timestamp, WatermarkOutput output) {
            if (timestamp == TimestampAssigner.NO_TIMESTAMP) {
                limited.limit = Long.MIN_VALUE;
            } else if (onlyCopies) {
                limited.limit = timestamp - 1;
            }
            declared.onEvent(row, timestamp, limited.to(output));
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            declared.onPeriodicEmit(limited.to(output));
        }
    }

    /**
     * The output that lowers each watermark to a limit. All calls share one object, which is safe because
     * the declared generator does not keep its output.
     */
    private static final class Limited implements WatermarkOutput {

        private WatermarkOutput output;
        private long limit = Long.MAX_VALUE;

        Limited to(WatermarkOutput current) {
            output = current;
            return this;
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            if (limit != Long.MIN_VALUE) {
                output.emitWatermark(watermark.getTimestamp() <= limit ? watermark : new Watermark(limit));
            }
        }

        @Override
        public void markIdle() {
            output.markIdle();
        }

        @Override
        public void markActive() {
            output.markActive();
        }
    }
}
