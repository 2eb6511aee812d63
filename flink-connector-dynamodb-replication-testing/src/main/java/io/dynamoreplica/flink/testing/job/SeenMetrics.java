/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.job;

import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * A reporter of the counters and gauges of all jobs in this JVM, as a user's metric reporter sees
 * them. The counters of failed attempts stay.
 */
public final class SeenMetrics implements MetricReporter {

    private static final List<SeenCounter> COUNTERS = new CopyOnWriteArrayList<>();
    private static final List<SeenGauge> GAUGES = new CopyOnWriteArrayList<>();

    /**
     * A registered gauge.
     *
     * @param table null for a gauge that does not belong to a table
     */
    private record SeenGauge(String job, String table, String name, Gauge<?> gauge) {}

    private record SeenCounter(String job, String name, Counter counter) {}

    /** The factory, created by Flink. */
    public static final class Factory implements MetricReporterFactory {
        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            return new SeenMetrics();
        }
    }

    /** Adds this reporter to the configuration of a cluster. */
    public static void configure(Configuration configuration) {
        configuration.setString("metrics.reporters", "seen");
        configuration.setString("metrics.reporter.seen.factory.class", Factory.class.getName());
    }

    /** Sums a counter over all subtasks and attempts. */
    public static long sum(String job, String name) {
        return COUNTERS.stream()
                .filter(seen -> seen.job().equals(job) && seen.name().equals(name))
                .mapToLong(seen -> seen.counter().getCount())
                .sum();
    }

    /**
     * Returns the value of a table's gauge that was registered last; empty before the first
     * registration.
     */
    static Optional<Object> ofTable(String job, String table, String name) {
        return seenGauges(job, name)
                .filter(seen -> table.equals(seen.table()))
                .reduce((earlier, later) -> later)
                .map(seen -> seen.gauge().getValue());
    }

    /** Returns a gauge that a job has once; -1 before it is registered. */
    static long gauge(String job, String name) {
        List<SeenGauge> seen = seenGauges(job, name).toList();
        if (seen.size() > 1) {
            throw new AssertionError(seen.size() + " gauges " + name + " were registered");
        }
        return seen.isEmpty() ? -1 : ((Number) seen.get(0).gauge().getValue()).longValue();
    }

    /** Returns the gauges of the subtasks that run. */
    static List<Long> gauges(String job, String name) {
        return seenGauges(job, name)
                .map(seen -> ((Number) seen.gauge().getValue()).longValue())
                .toList();
    }

    private static Stream<SeenGauge> seenGauges(String job, String name) {
        return GAUGES.stream()
                .filter(seen -> seen.job().equals(job) && seen.name().equals(name));
    }

    /**
     * Forgets a job's counters. A job that runs for long needs this, because each attempt adds
     * counters of its own.
     */
    static void forget(String job) {
        COUNTERS.removeIf(seen -> seen.job().equals(job));
        GAUGES.removeIf(seen -> seen.job().equals(job));
    }

    @Override
    public void open(MetricConfig config) {
        // Nothing to configure.
    }

    @Override
    public void close() {
        // Nothing to release.
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        String job = group.getAllVariables().get("<job_name>");
        String table = group.getAllVariables().get("<table>");
        if (metric instanceof Counter counter && job != null) {
            COUNTERS.add(new SeenCounter(job, name, counter));
        } else if (metric instanceof Gauge<?> gauge && job != null) {
            GAUGES.add(new SeenGauge(job, table, name, gauge));
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        // The total of a counter is still needed; the value of a gauge is not.
        GAUGES.removeIf(seen -> seen.gauge() == metric);
    }
}
