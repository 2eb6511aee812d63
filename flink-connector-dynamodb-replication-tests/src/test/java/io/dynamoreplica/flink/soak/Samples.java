/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.soak;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The measured values. They are written to a file line by line, and evaluated together at the end. */
final class Samples {

    private record Sample(long second, Map<Resource, Double> values) {}

    private final Path file;
    private final List<Sample> samples = new ArrayList<>();

    Samples(Path file) throws IOException {
        this.file = file;
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "second," + Arrays.stream(Resource.values()).map(Enum::name).collect(Collectors.joining(",")) + "\n");
    }

    /** Measures the resources of this process after a garbage collection. */
    static Map<Resource, Double> ofThisProcess() {
        System.gc();
        Map<Resource, Double> values = new EnumMap<>(Resource.class);
        values.put(Resource.HEAP_BYTES, (double)
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        values.put(
                Resource.THREADS, (double) ManagementFactory.getThreadMXBean().getThreadCount());
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.UnixOperatingSystemMXBean unix) {
            values.put(Resource.FILE_HANDLES, (double) unix.getOpenFileDescriptorCount());
        }
        return values;
    }

    /** Keeps the values, writes them to the file, and returns them as a readable line. */
    String add(long second, Map<Resource, Double> values) throws IOException {
        samples.add(new Sample(second, Map.copyOf(values)));
        String line = Arrays.stream(Resource.values())
                .map(values::get)
                .map(value -> value == null ? "" : Long.toString(Math.round(value)))
                .collect(Collectors.joining(","));
        Files.writeString(file, second + "," + line + "\n", StandardOpenOption.APPEND);
        return Arrays.stream(Resource.values())
                .filter(values::containsKey)
                .map(one -> one.label() + " " + one.shown(values.get(one)))
                .collect(Collectors.joining(", "));
    }

    /** Returns a trend for each resource that could be measured. */
    List<Trend> trendsFrom(long second) {
        return Arrays.stream(Resource.values())
                .filter(one -> samples.stream().anyMatch(s -> s.values().containsKey(one)))
                .map(one -> Trend.of(one, from(second, one)))
                .toList();
    }

    private List<Double> from(long second, Resource resource) {
        return samples.stream()
                .filter(sample -> sample.second() >= second)
                .filter(sample -> sample.values().containsKey(resource))
                .map(sample -> sample.values().get(resource))
                .toList();
    }
}
