/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** A metric group that keeps the first metric of a name and each group below it, as Flink does. */
final class KeepingGroup extends UnregisteredMetricsGroup {

    private final Map<String, KeepingGroup> children = new HashMap<>();
    private final Map<String, Counter> counters = new HashMap<>();
    private final Map<String, Gauge<?>> gauges = new HashMap<>();

    /** The group as an enumerator gets it: Flink wraps it in a new object each time. */
    SplitEnumeratorMetricGroup wrapped() {
        return new Wrapper(this);
    }

    /**
     * @param name of a group; of one with key and value, both with a dot between them
     */
    KeepingGroup below(String name) {
        return children.computeIfAbsent(name, unused -> new KeepingGroup());
    }

    Object gauge(String name) {
        return gauges.get(name).getValue();
    }

    long count(String counter) {
        return counters.get(counter).getCount();
    }

    /** Forgets everything, as Flink does when it closes a group. */
    void clear() {
        children.clear();
        counters.clear();
        gauges.clear();
    }

    @Override
    public MetricGroup addGroup(String name) {
        return below(name);
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
        return below(key + "." + value);
    }

    @Override
    public Counter counter(String name) {
        Counter own = new SimpleCounter();
        counters.putIfAbsent(name, own);
        return own;
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
        gauges.putIfAbsent(name, gauge);
        return gauge;
    }

    private static final class Wrapper extends UnregisteredMetricsGroup implements SplitEnumeratorMetricGroup {
        private final KeepingGroup group;

        private Wrapper(KeepingGroup group) {
            this.group = group;
        }

        @Override
        public MetricGroup addGroup(String name) {
            return group.addGroup(name);
        }

        @Override
        public MetricGroup addGroup(String key, String value) {
            return group.addGroup(key, value);
        }

        @Override
        public Counter counter(String name) {
            return group.counter(name);
        }

        @Override
        public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
            return group.gauge(name, gauge);
        }

        @Override
        public <G extends Gauge<Long>> G setUnassignedSplitsGauge(G gauge) {
            return group.gauge("unassignedSplits", gauge);
        }
    }
}
