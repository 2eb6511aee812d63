/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.ChangeEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

/**
 * An output that keeps all elements with their timestamps. Outputs of splits are opened and closed by
 * name, as in Flink: an output that stays open holds back the watermark.
 */
final class RecordingOutput implements ReaderOutput<ChangeEvent> {

    record Emitted(ChangeEvent event, long timestamp) {}

    private final List<Emitted> emitted = new ArrayList<>();
    private final Set<String> open = new LinkedHashSet<>();
    private final Set<String> idle = new HashSet<>();
    private boolean splitsIdle;
    private boolean mainIdle;

    List<Emitted> emitted() {
        return emitted;
    }

    List<ChangeEvent> events() {
        return emitted.stream().map(Emitted::event).toList();
    }

    /** Returns the outputs that were opened and not closed. */
    Set<String> open() {
        return open;
    }

    /**
     * Tells whether Flink computes the watermark without this reader. It does if all splits were idle when Flink
     * last combined their status, and if the reader's main output is idle. Without any split, Flink does not
     * combine the status.
     */
    boolean isIdle() {
        return splitsIdle && mainIdle;
    }

    @Override
    public void collect(ChangeEvent event) {
        throw new AssertionError("Every event has a timestamp");
    }

    @Override
    public void collect(ChangeEvent event, long timestamp) {
        throw new AssertionError("An element that belongs to no split would be ahead of the splits in time");
    }

    @Override
    public SourceOutput<ChangeEvent> createOutputForSplit(String splitId) {
        open.add(splitId);
        return new OfSplit(splitId);
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
        if (!open.remove(splitId)) {
            throw new AssertionError(splitId + " is not open, so Flink would reject it");
        }
        idle.remove(splitId);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        throw new AssertionError("Only the runtime emits watermarks");
    }

    @Override
    public void markIdle() {
        mainIdle = true;
    }

    @Override
    public void markActive() {
        throw new AssertionError("The next watermark makes the output active");
    }

    private final class OfSplit implements SourceOutput<ChangeEvent> {

        private final String splitId;

        OfSplit(String splitId) {
            this.splitId = splitId;
        }

        @Override
        public void collect(ChangeEvent event) {
            throw new AssertionError("Every event has a timestamp");
        }

        @Override
        public void collect(ChangeEvent event, long timestamp) {
            assertThat(open).contains(splitId);
            splitsIdle = false;
            emitted.add(new Emitted(event, timestamp));
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            RecordingOutput.this.emitWatermark(watermark);
        }

        @Override
        public void markIdle() {
            idle.add(splitId);
            splitsIdle = idle.containsAll(open);
        }

        @Override
        public void markActive() {
            idle.remove(splitId);
        }
    }
}
