/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.testing.Eventually;
import java.lang.ref.WeakReference;
import org.apache.flink.metrics.MetricGroup;
import org.junit.jupiter.api.Test;

/** One enumerator after the other, each with its own wrapper around the same group. */
class LastingMetricsTest {

    private KeepingGroup job = new KeepingGroup();

    @Test
    void theGaugeShowsWhatTheLatestEnumeratorShows() {
        enumerator(job).in("table", "orders").gauge("phase", () -> 4);
        enumerator(job).in("table", "orders").gauge("phase", () -> 7);
        assertThat(job.below("table.orders").gauge("phase")).isEqualTo(7);
    }

    @Test
    void aCounterGoesOn() {
        enumerator(job).counter("failedControlCalls").inc(2);
        enumerator(job).counter("failedControlCalls").inc();
        assertThat(job.count("failedControlCalls")).isEqualTo(3);
    }

    @Test
    void anotherGroupHasMetricsOfItsOwn() {
        KeepingGroup other = new KeepingGroup();
        enumerator(job).gauge("phase", () -> 4);
        enumerator(other).gauge("phase", () -> 7);
        enumerator(job).counter("gaps").inc();
        enumerator(other).counter("gaps");
        assertThat(job.gauge("phase")).isEqualTo(4);
        assertThat(other.gauge("phase")).isEqualTo(7);
        assertThat(other.count("gaps")).isZero();
    }

    /** A JobManager that loses its leadership and gets it back has the same job with another group. */
    @Test
    void aGroupThatIsClosedIsFilledAnew() {
        enumerator(job).gauge("phase", () -> 4);
        job.clear();
        enumerator(job).gauge("phase", () -> 7);
        assertThat(job.gauge("phase")).isEqualTo(7);
    }

    @Test
    void nothingHoldsTheGroupOfAJobThatHasEnded() {
        LastingMetrics metrics = enumerator(job);
        // As in a job, the gauge refers to its enumerator, and so to the group.
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
        MetricGroup wrapped = group.wrapped();
        return JobMemory.of(wrapped).metricsIn(wrapped);
    }
}
