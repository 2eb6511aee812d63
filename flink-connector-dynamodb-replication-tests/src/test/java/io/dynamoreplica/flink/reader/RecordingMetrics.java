/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.OperatorIOMetricGroup;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** A metric group that keeps every metric by name, for all groups below it. */
final class RecordingMetrics extends UnregisteredMetricsGroup implements SourceReaderMetricGroup {

    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final Map<String, Gauge<?>> gauges = new ConcurrentHashMap<>();
    private final OperatorIOMetricGroup io = new Io();

    long count(String counter) {
        return counter(counter).getCount();
    }

    Object value(String gauge) {
        return gauges.get(gauge).getValue();
    }

    boolean has(String gauge) {
        return gauges.containsKey(gauge);
    }

    @Override
    public Counter counter(String name) {
        return counters.computeIfAbsent(name, unused -> new SimpleCounter());
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
        gauges.put(name, gauge);
        return gauge;
    }

    @Override
    public MetricGroup addGroup(String name) {
        return this;
    }

    /** Puts the value of the group before the names of its gauges. */
    @Override
    public MetricGroup addGroup(String key, String value) {
        return new UnregisteredMetricsGroup() {
            @Override
            public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
                return RecordingMetrics.this.gauge(value + "." + name, gauge);
            }
        };
    }

    /** Returns the metrics of a reader of the one table {@code orders}; its warnings are ignored. */
    ReaderMetrics ofReader(LongSupplier clock) {
        return new ReaderMetrics(this, new ReaderHeadroom(List.of(ReaderConfigs.TABLE), clock, unread -> {}));
    }

    @Override
    public OperatorIOMetricGroup getIOMetricGroup() {
        return io;
    }

    @Override
    public Counter getNumRecordsInErrorsCounter() {
        return counter("numRecordsInErrors");
    }

    @Override
    public void setPendingBytesGauge(Gauge<Long> gauge) {
        gauge("pendingBytes", gauge);
    }

    @Override
    public void setPendingRecordsGauge(Gauge<Long> gauge) {
        gauge("pendingRecords", gauge);
    }

    private final class Io extends UnregisteredMetricsGroup implements OperatorIOMetricGroup {
        @Override
        public Counter getNumRecordsInCounter() {
            return RecordingMetrics.this.counter("numRecordsIn");
        }

        @Override
        public Counter getNumRecordsOutCounter() {
            return RecordingMetrics.this.counter("numRecordsOut");
        }

        @Override
        public Counter getNumBytesInCounter() {
            return RecordingMetrics.this.counter("numBytesIn");
        }

        @Override
        public Counter getNumBytesOutCounter() {
            return RecordingMetrics.this.counter("numBytesOut");
        }
    }
}
