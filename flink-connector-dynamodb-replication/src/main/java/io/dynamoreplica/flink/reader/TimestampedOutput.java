/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.util.Collector;

/**
 * The collector that adds the time of the event to each element that a schema emits. It is one object
 * for all events, so a schema must not keep it. Used only by the task's thread.
 */
final class TimestampedOutput<T> implements Collector<T> {

    private SourceOutput<T> output;
    private long timestamp;

    /**
     * Sets the output and the time of the elements that follow.
     *
     * @param time milliseconds since 1970
     */
    TimestampedOutput<T> at(SourceOutput<T> newOutput, long time) {
        output = newOutput;
        timestamp = time;
        return this;
    }

    @Override
    public void collect(T element) {
        output.collect(element, timestamp);
    }

    @Override
    public void close() {
        // Nothing to release: the output belongs to Flink.
    }
}
