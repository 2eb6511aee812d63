/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.change.ChangeEvent;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

/** Keeps what is emitted, with its timestamp. */
final class RecordingOutput implements ReaderOutput<ChangeEvent> {

    record Emitted(ChangeEvent event, long timestamp) {}

    private final List<Emitted> emitted = new ArrayList<>();

    List<Emitted> emitted() {
        return emitted;
    }

    List<ChangeEvent> events() {
        return emitted.stream().map(Emitted::event).toList();
    }

    @Override
    public void collect(ChangeEvent event) {
        throw new AssertionError("Every event has a timestamp");
    }

    @Override
    public void collect(ChangeEvent event, long timestamp) {
        emitted.add(new Emitted(event, timestamp));
    }

    @Override
    public SourceOutput<ChangeEvent> createOutputForSplit(String splitId) {
        return this;
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
        // All splits share this output.
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        throw new AssertionError("Watermarks are the runtime's");
    }

    @Override
    public void markIdle() {
        throw new AssertionError("Idleness is the runtime's");
    }

    @Override
    public void markActive() {
        throw new AssertionError("Idleness is the runtime's");
    }
}
