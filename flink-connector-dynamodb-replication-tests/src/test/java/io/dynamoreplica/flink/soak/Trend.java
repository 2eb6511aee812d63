/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.soak;

import java.util.List;

/**
 * The change of a resource between the beginning and the end: the medians of the first and of the last quarter of
 * the samples.
 */
record Trend(Resource resource, double beginning, double end) {

    private static final int LEAST_SAMPLES = 8;

    /**
     * Returns the trend of a resource.
     *
     * @param samples in the order of time, without the warm-up
     * @throws IllegalArgumentException if there are too few samples for quarters
     */
    static Trend of(Resource resource, List<Double> samples) {
        if (samples.size() < LEAST_SAMPLES) {
            throw new IllegalArgumentException(
                    samples.size() + " samples after the warm-up say nothing; soak for longer");
        }
        int quarter = samples.size() / 4;
        return new Trend(
                resource,
                median(samples.subList(0, quarter)),
                median(samples.subList(samples.size() - quarter, samples.size())));
    }

    boolean isFlat() {
        return end <= resource.bound(beginning);
    }

    private static double median(List<Double> samples) {
        List<Double> sorted = samples.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    /** Returns a row of a table in Markdown. */
    String row() {
        return "| %s | %s | %s | %s |"
                .formatted(
                        resource.label(),
                        resource.shown(beginning),
                        resource.shown(end),
                        resource.shown(resource.bound(beginning)));
    }

    static String heading() {
        return "| | first quarter | last quarter | bound |\n|---|---|---|---|";
    }
}
