/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.util.Collector;

/**
 * Gives what a schema emits the time of its event. One object for all events: the schema may keep
 * neither it nor what it points to. Used by the task's thread alone.
 */
final class TimestampedOutput<T> implements Collector<T> {

    private SourceOutput<T> output;
    private long timestamp;

    /**
     * @param time of what is emitted from now on, milliseconds since 1970
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
