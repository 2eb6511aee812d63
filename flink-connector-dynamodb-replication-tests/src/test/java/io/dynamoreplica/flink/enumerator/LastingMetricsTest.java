/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.testing.Eventually;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

/** Enumerators one after the other, each with an object of its own around the same group. */
class LastingMetricsTest {

    private KeepingGroup job = new KeepingGroup(null);

    @Test
    void theGaugeShowsWhatTheLatestEnumeratorShows() {
        enumerator(job).in("table", "orders").gauge("phase", () -> 4);
        enumerator(job).in("table", "orders").gauge("phase", () -> 7);
        assertThat(job.below("table.orders").gauges.get("phase").getValue()).isEqualTo(7);
    }

    @Test
    void aCounterGoesOn() {
        enumerator(job).counter("failedControlCalls").inc(2);
        enumerator(job).counter("failedControlCalls").inc();
        assertThat(job.counters.get("failedControlCalls").getCount()).isEqualTo(3);
    }

    @Test
    void anotherGroupHasMetricsOfItsOwn() {
        KeepingGroup other = new KeepingGroup(null);
        enumerator(job).gauge("phase", () -> 4);
        enumerator(other).gauge("phase", () -> 7);
        enumerator(job).counter("gaps").inc();
        enumerator(other).counter("gaps");
        assertThat(job.gauges.get("phase").getValue()).isEqualTo(4);
        assertThat(other.gauges.get("phase").getValue()).isEqualTo(7);
        assertThat(other.counters.get("gaps").getCount()).isZero();
    }

    /** As when a JobManager loses its leadership and gets it back: the same job, another group. */
    @Test
    void aGroupThatIsClosedIsFilledAnew() {
        enumerator(job).gauge("phase", () -> 4);
        job.children.clear();
        job.gauges.clear();
        enumerator(job).gauge("phase", () -> 7);
        assertThat(job.gauges.get("phase").getValue()).isEqualTo(7);
    }

    @Test
    void nothingHoldsTheGroupOfAJobThatHasEnded() {
        LastingMetrics metrics = enumerator(job);
        // What a gauge shows leads to the group: an enumerator has it.
        metrics.gauge("phase", metrics::hashCode);
        WeakReference<KeepingGroup> group = new WeakReference<>(job);
        metrics = null;
        job = null;
        Eventually.holds("the group is collected", () -> {
            System.gc();
            return group.get() == null;
        });
    }

    private static LastingMetrics enumerator(KeepingGroup group) {
        return LastingMetrics.of(new Around(group));
    }

    /** Keeps the first metric of a name and each group below it, as Flink does. */
    private static final class KeepingGroup extends UnregisteredMetricsGroup {
        private final KeepingGroup above;
        private final Map<String, KeepingGroup> children = new HashMap<>();
        private final Map<String, Counter> counters = new HashMap<>();
        private final Map<String, Gauge<?>> gauges = new HashMap<>();

        private KeepingGroup(KeepingGroup above) {
            this.above = above;
        }

        KeepingGroup below(String name) {
            return children.computeIfAbsent(name, unused -> new KeepingGroup(this));
        }

        @Override
        public Map<String, String> getAllVariables() {
            return above == null ? super.getAllVariables() : above.getAllVariables();
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
            Counter mine = new SimpleCounter();
            counters.putIfAbsent(name, mine);
            return mine;
        }

        @Override
        public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
            gauges.putIfAbsent(name, gauge);
            return gauge;
        }
    }

    /** Flink wraps the group of an enumerator each time. */
    private static final class Around extends UnregisteredMetricsGroup {
        private final KeepingGroup group;

        private Around(KeepingGroup group) {
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
    }
}
