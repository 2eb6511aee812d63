/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.job;

import io.dynamoreplica.flink.DynamoDbReplicationSource;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * A collector of the JSON lines of a job that can be stopped and resumed. Tasks find it by its id.
 */
public final class HeardLines implements AutoCloseable {

    private static final Map<String, HeardLines> ALL = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    public HeardLines() {
        ALL.put(id, this);
    }

    public ReplicaJob.Definition of(DynamoDbReplicationSource<String> source) {
        return (env, config, services) -> env.fromSource(source, WatermarkStrategy.noWatermarks(), "source")
                .uid("source")
                .map(new Hear(id))
                .uid("hear")
                .sinkTo(new DiscardingSink<>())
                .uid("end");
    }

    /** Counts the lines that contain all of these parts. */
    public long count(String... parts) {
        return lines.stream()
                .filter(line -> Stream.of(parts).allMatch(line::contains))
                .count();
    }

    @Override
    public void close() {
        ALL.remove(id);
    }

    private record Hear(String heard) implements MapFunction<String, Integer> {
        @Override
        public Integer map(String line) {
            ALL.get(heard).lines.add(line);
            return line.length();
        }
    }
}
