/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;

/**
 * The metrics of a job's enumerators, in one group of Flink. They continue from one enumerator to the next: a
 * counter continues to count, and a gauge shows the value of the latest enumerator.
 *
 * <p>If two metrics in a group have the same name, Flink always shows the first one, and gives no way to find or
 * replace it. So each metric is registered once, and {@link JobMemory} remembers it.
 */
final class LastingMetrics {

    /** By path, the metrics that the job has registered. Guarded by itself. */
    private final Map<List<String>, WeakReference<Metric>> registered;

    private final MetricGroup group;
    private final List<String> path;

    /** A gauge whose value comes from the latest enumerator. */
    private static final class ReplaceableGauge<T> implements Gauge<T> {
        private volatile Gauge<T> latest;

        private ReplaceableGauge(Gauge<T> first) {
            this.latest = first;
        }

        @Override
        public T getValue() {
            return latest.getValue();
        }
    }

    LastingMetrics(Map<List<String>, WeakReference<Metric>> registered, MetricGroup group, List<String> path) {
        this.registered = registered;
        this.group = group;
        this.path = path;
    }

    /** Returns the metrics of a group below this one. */
    LastingMetrics in(String key, String value) {
        return new LastingMetrics(registered, group.addGroup(key, value), below(key, value));
    }

    Counter counter(String name) {
        return once(name, () -> group.counter(name));
    }

    <T> void gauge(String name, Gauge<T> value) {
        gauge(name, value, gauge -> group.gauge(name, gauge));
    }

    /**
     * @param register registers the gauge the first time. Flink has a method of its own for some gauges
     */
    <T> void gauge(String name, Gauge<T> value, Consumer<Gauge<T>> register) {
        ReplaceableGauge<T> gauge = once(name, () -> {
            ReplaceableGauge<T> first = new ReplaceableGauge<>(value);
            register.accept(first);
            return first;
        });
        gauge.latest = value;
    }

    @SuppressWarnings("unchecked") // each name is used for one type of metric
    private <M extends Metric> M once(String name, Supplier<M> register) {
        List<String> key = below(name);
        synchronized (registered) {
            WeakReference<Metric> known = registered.get(key);
            M metric = known == null ? null : (M) known.get();
            if (metric == null) {
                metric = register.get();
                registered.put(key, new WeakReference<>(metric));
            }
            return metric;
        }
    }

    private List<String> below(String... names) {
        List<String> longer = new ArrayList<>(path);
        longer.addAll(List.of(names));
        return List.copyOf(longer);
    }
}
