/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.job;

import io.dynamoreplica.flink.DynamoDbReplicationSource;
import io.dynamoreplica.flink.DynamoDbReplicationSourceBuilder;
import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.DynamoDbDeserializationSchema;
import io.dynamoreplica.flink.change.EpochEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/**
 * A log of the begins, rows and ends of copies, in the order in which one target receives them from
 * all subtasks of a source. Tasks find it by its id. It can serve several jobs.
 */
public final class CopyLog implements AutoCloseable {

    private static final Map<String, CopyLog> LOGS = new ConcurrentHashMap<>();

    /** The kinds of entries. */
    public enum What {
        BEGIN,
        ROW,
        END
    }

    /** An entry of the log. */
    public record Heard(String table, long epoch, What what) {}

    private final String id = UUID.randomUUID().toString();
    private final Queue<Heard> heard = new ConcurrentLinkedQueue<>();

    public CopyLog() {
        LOGS.put(id, this);
    }

    /** Returns a builder for a source whose output this log can read; see {@link #behind}. */
    public static DynamoDbReplicationSourceBuilder<Tuple3<String, Long, String>> source() {
        return DynamoDbReplicationSource.builder(new Everything());
    }

    public ReplicaJob.Definition behind(DynamoDbReplicationSourceBuilder<Tuple3<String, Long, String>> source) {
        return (env, config, services) -> env.fromSource(
                        source.build(services), WatermarkStrategy.noWatermarks(), "source")
                .uid("source")
                .map(new Hear(id))
                .setParallelism(1)
                .uid("hear")
                .sinkTo(new DiscardingSink<>())
                .uid("end");
    }

    /** Returns the entries of one table, in order. */
    public List<Heard> of(String table) {
        return heard.stream().filter(each -> each.table().equals(table)).toList();
    }

    /** Returns the epochs whose begin was received for a table, in order. */
    public List<Long> begun(String table) {
        return epochs(table, What.BEGIN);
    }

    /** Returns the epochs whose end was received for a table, in order. */
    public List<Long> ended(String table) {
        return epochs(table, What.END);
    }

    private List<Long> epochs(String table, What what) {
        return of(table).stream()
                .filter(each -> each.what() == what)
                .map(Heard::epoch)
                .distinct()
                .toList();
    }

    /**
     * Finds entries that show two copies of a table at the same time: an entry of an epoch after an
     * entry of a newer epoch, or the begin of an epoch before the end of the previous one.
     */
    public List<Heard> overlaps(String table) {
        List<Heard> overlaps = new ArrayList<>();
        Set<Long> ended = new HashSet<>();
        long latest = 0;
        for (Heard each : of(table)) {
            boolean older = each.epoch() < latest;
            boolean tooSoon = each.epoch() > latest && latest > 0 && !ended.contains(latest);
            if (older || tooSoon) {
                overlaps.add(each);
            }
            latest = Math.max(latest, each.epoch());
            if (each.what() == What.END) {
                ended.add(each.epoch());
            }
        }
        return overlaps;
    }

    @Override
    public void close() {
        LOGS.remove(id);
    }

    private static final class Everything implements DynamoDbDeserializationSchema<Tuple3<String, Long, String>> {

        private static final long serialVersionUID = 1L;

        @Override
        public void deserialize(ChangeEvent event, Collector<Tuple3<String, Long, String>> out) {
            out.collect(Tuple3.of(event.table(), event.epoch(), What.ROW.name()));
        }

        @Override
        public void epoch(EpochEvent event, Collector<Tuple3<String, Long, String>> out) {
            out.collect(Tuple3.of(event.table(), event.epoch(), event.kind().name()));
        }

        @Override
        public TypeInformation<Tuple3<String, Long, String>> getProducedType() {
            return Types.TUPLE(Types.STRING, Types.LONG, Types.STRING);
        }
    }

    private record Hear(String log) implements MapFunction<Tuple3<String, Long, String>, Long> {
        @Override
        public Long map(Tuple3<String, Long, String> element) {
            LOGS.get(log).heard.add(new Heard(element.f0, element.f1, What.valueOf(element.f2)));
            return element.f1;
        }
    }
}
