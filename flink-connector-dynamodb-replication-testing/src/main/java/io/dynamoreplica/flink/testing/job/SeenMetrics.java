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
 * The counters and gauges of the jobs in this JVM, as a user's metric reporter sees them; those of
 * failed attempts stay.
 */
public final class SeenMetrics implements MetricReporter {

    private static final List<SeenCounter> COUNTERS = new CopyOnWriteArrayList<>();
    private static final List<SeenGauge> GAUGES = new CopyOnWriteArrayList<>();

    /**
     * @param table null for one that is not a table's
     */
    private record SeenGauge(String job, String table, String name, Gauge<?> gauge) {}

    private record SeenCounter(String job, String name, Counter counter) {}

    /** Made by Flink. */
    public static final class Factory implements MetricReporterFactory {
        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            return new SeenMetrics();
        }
    }

    /** For a cluster that is to be seen. */
    public static void configure(Configuration configuration) {
        configuration.setString("metrics.reporters", "seen");
        configuration.setString("metrics.reporter.seen.factory.class", Factory.class.getName());
    }

    /** Over all subtasks and attempts. */
    public static long sum(String job, String name) {
        return COUNTERS.stream()
                .filter(seen -> seen.job().equals(job) && seen.name().equals(name))
                .mapToLong(seen -> seen.counter().getCount())
                .sum();
    }

    /** Of the table, by whoever registered it last; empty before anybody has. */
    static Optional<Object> ofTable(String job, String table, String name) {
        return seenGauges(job, name)
                .filter(seen -> table.equals(seen.table()))
                .reduce((earlier, later) -> later)
                .map(seen -> seen.gauge().getValue());
    }

    /** Of one that a job has once; -1 before it has. */
    static long gauge(String job, String name) {
        List<SeenGauge> seen = seenGauges(job, name).toList();
        if (seen.size() > 1) {
            throw new AssertionError(seen.size() + " gauges " + name + " were registered");
        }
        return seen.isEmpty() ? -1 : ((Number) seen.get(0).gauge().getValue()).longValue();
    }

    /** Of those that run. */
    static List<Long> gauges(String job, String name) {
        return seenGauges(job, name)
                .map(seen -> ((Number) seen.gauge().getValue()).longValue())
                .toList();
    }

    private static Stream<SeenGauge> seenGauges(String job, String name) {
        return GAUGES.stream()
                .filter(seen -> seen.job().equals(job) && seen.name().equals(name));
    }

    /** For a job that runs for long: each attempt has counters of its own. */
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
        // What a counter counted stays interesting; what a gauge shows does not.
        GAUGES.removeIf(seen -> seen.gauge() == metric);
    }
}
