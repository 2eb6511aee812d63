/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.job;

import io.dynamoreplica.flink.DynamoDbReplicationSource;
import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.DynamoDbDeserializationSchema;
import io.dynamoreplica.flink.change.EpochEvent;
import io.dynamoreplica.flink.change.EpochEvent.Kind;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/**
 * A target that upserts rows by key, and drops the rows of older epochs when it receives the end of
 * a newer one. Rows arrive through an exchange by key, ends by broadcast. Tasks find the target by
 * its id.
 *
 * <pre>
 *            ┌─ rows ── keyBy ─────▶ put, remove
 *   source ──┤
 *            └─ begins and ends ──▶ drop every row of a lower epoch
 * </pre>
 */
public final class EpochTarget implements AutoCloseable {

    private static final Map<String, EpochTarget> TARGETS = new ConcurrentHashMap<>();

    private record Row(long epoch, Map<String, AttributeValue> image) {}

    private final String id = UUID.randomUUID().toString();
    private final Map<Map<String, AttributeValue>, Row> rows = new ConcurrentHashMap<>();
    private final Queue<Heard> heard = new ConcurrentLinkedQueue<>();

    /**
     * A begin or an end that was received.
     *
     * @param from subtask of the source that sent it
     * @param by subtask of the target that received it
     */
    public record Heard(int from, int by, EpochEvent event) {}

    public EpochTarget() {
        TARGETS.put(id, this);
    }

    /** Defines the job of this target behind a source with the job's configuration. */
    public ReplicaJob.Definition behindSource() {
        return (env, config, services) -> {
            DataStream<Tuple3<String, Long, List<ChangeEvent>>> all = env.fromSource(
                            DynamoDbReplicationSource.of(config, new ChangesAndEpochs(), services),
                            WatermarkStrategy.noWatermarks(),
                            "source")
                    .uid("source");
            all.filter(element -> element.f0.isEmpty())
                    .uid("rows")
                    .keyBy(row -> row.f2.get(0).keys().materialise().toString(), Types.STRING)
                    .map(new Apply(id))
                    .uid("apply")
                    .sinkTo(new DiscardingSink<>())
                    .uid("end-of-rows");
            all.filter(element -> !element.f0.isEmpty())
                    .uid("epochs")
                    .map(new Signed())
                    .uid("signed")
                    .broadcast()
                    .map(new Drop(id))
                    .uid("drop")
                    .sinkTo(new DiscardingSink<>())
                    .uid("end-of-epochs");
        };
    }

    private void apply(ChangeEvent change) {
        Map<String, AttributeValue> key = change.keys().materialise();
        if (change.after() == null) {
            rows.remove(key);
        } else {
            rows.put(key, new Row(change.epoch(), change.after().materialise()));
        }
    }

    private void hear(Heard said) {
        EpochEvent event = said.event();
        heard.add(said);
        if (event.kind() == Kind.END) {
            rows.values().removeIf(row -> row.epoch() < event.epoch());
        }
    }

    /** Returns the rows of the target, by key. */
    public Map<Map<String, AttributeValue>, Map<String, AttributeValue>> contents() {
        Map<Map<String, AttributeValue>, Map<String, AttributeValue>> contents = new HashMap<>();
        rows.forEach((key, row) -> contents.put(key, row.image()));
        return contents;
    }

    /**
     * Returns begins and ends in the order in which they were received, once for each subtask that
     * received them.
     */
    public List<EpochEvent> heard() {
        return heard.stream().map(Heard::event).toList();
    }

    /**
     * Returns the same events in groups, one for each pair of sending and receiving subtask. Only
     * within a group is the order defined.
     */
    public Collection<List<EpochEvent>> heardByChannel() {
        return heard.stream()
                .collect(Collectors.groupingBy(
                        said -> List.of(said.from(), said.by()), Collectors.mapping(Heard::event, Collectors.toList())))
                .values();
    }

    public long count(Kind kind) {
        return heard().stream().filter(event -> event.kind() == kind).count();
    }

    @Override
    public void close() {
        TARGETS.remove(id);
    }

    /**
     * A schema that emits a change with an empty text, and a begin or an end with its kind as text
     * and without a change.
     */
    private static final class ChangesAndEpochs
            implements DynamoDbDeserializationSchema<Tuple3<String, Long, List<ChangeEvent>>> {

        private static final long serialVersionUID = 1L;

        @Override
        public void deserialize(ChangeEvent event, Collector<Tuple3<String, Long, List<ChangeEvent>>> out) {
            out.collect(Tuple3.of("", event.epoch(), List.of(event.materialised())));
        }

        @Override
        public void epoch(EpochEvent event, Collector<Tuple3<String, Long, List<ChangeEvent>>> out) {
            out.collect(Tuple3.of(event.kind().name(), event.epoch(), List.of()));
        }

        @Override
        public TypeInformation<Tuple3<String, Long, List<ChangeEvent>>> getProducedType() {
            return Types.TUPLE(Types.STRING, Types.LONG, Types.LIST(TypeInformation.of(ChangeEvent.class)));
        }
    }

    private record Apply(String target) implements MapFunction<Tuple3<String, Long, List<ChangeEvent>>, Long> {
        @Override
        public Long map(Tuple3<String, Long, List<ChangeEvent>> row) {
            TARGETS.get(target).apply(row.f2.get(0));
            return row.f1;
        }
    }

    /**
     * A function that adds the number of the sending subtask. It is chained to the source, so both
     * have the same subtasks.
     */
    private static final class Signed
            extends RichMapFunction<Tuple3<String, Long, List<ChangeEvent>>, Tuple3<String, Long, Integer>> {
        private static final long serialVersionUID = 1L;

        @Override
        public Tuple3<String, Long, Integer> map(Tuple3<String, Long, List<ChangeEvent>> epoch) {
            return Tuple3.of(epoch.f0, epoch.f1, subtaskOf(getRuntimeContext()));
        }
    }

    private static final class Drop extends RichMapFunction<Tuple3<String, Long, Integer>, Long> {
        private static final long serialVersionUID = 1L;

        private final String target;

        Drop(String target) {
            this.target = target;
        }

        @Override
        public Long map(Tuple3<String, Long, Integer> epoch) {
            EpochEvent event = new EpochEvent("", epoch.f1, Kind.valueOf(epoch.f0));
            TARGETS.get(target).hear(new Heard(epoch.f2, subtaskOf(getRuntimeContext()), event));
            return epoch.f1;
        }
    }

    private static int subtaskOf(RuntimeContext context) {
        return context.getTaskInfo().getIndexOfThisSubtask();
    }
}
