/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.job;

import io.dynamoreplica.flink.DynamoDbReplicationSource;
import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.ChangeEventDeserializationSchema;
import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.config.ReplicationConfigParser;
import io.dynamoreplica.flink.service.DynamoDbServiceFactory;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/**
 * A job of sources with watermarks, and behind each source the counters {@code arrived}, {@code
 * late} and {@code passed}: elements that arrived, elements that arrived after the watermark had
 * passed their time, and timers that the watermark has passed.
 */
public final class TimedJob implements ReplicaJob.Definition {

    private final WatermarkStrategy<ChangeEvent> strategy;
    private final List<String> tables;

    private TimedJob(WatermarkStrategy<ChangeEvent> strategy, List<String> tables) {
        this.strategy = strategy;
        this.tables = tables;
    }

    /** Defines one source, for the table that the job names. */
    public static TimedJob of(WatermarkStrategy<ChangeEvent> strategy) {
        return new TimedJob(strategy, List.of());
    }

    /** Defines one source for each of these tables. */
    public static TimedJob of(WatermarkStrategy<ChangeEvent> strategy, String... tables) {
        return new TimedJob(strategy, List.of(tables));
    }

    /**
     * Returns a strategy whose watermark follows each record immediately, and not some time later.
     */
    public static WatermarkStrategy<ChangeEvent> ofEachRecord() {
        return WatermarkStrategy.forGenerator(context -> new OfEachRecord<>());
    }

    @Override
    public void define(StreamExecutionEnvironment env, ReplicationConfig config, DynamoDbServiceFactory services) {
        if (tables.isEmpty()) {
            define(env, config, services, "source");
        }
        for (String table : tables) {
            define(env, configOf(table), services, table);
        }
    }

    private static ReplicationConfig configOf(String table) {
        return ReplicationConfigParser.parse(
                Map.of(
                        "table-name", table,
                        "aws.region", "eu-central-1",
                        "scan.stream.discovery-interval", "1 s",
                        "scan.stream.poll-interval", "100 ms"),
                List.of());
    }

    private void define(
            StreamExecutionEnvironment env, ReplicationConfig config, DynamoDbServiceFactory services, String name) {
        env.fromSource(
                        DynamoDbReplicationSource.of(config, new ChangeEventDeserializationSchema(), services),
                        strategy,
                        name)
                .uid(name)
                .keyBy(event -> event.keys().toString() + event.origin(), Types.STRING)
                .process(new Timed())
                .returns(Types.LONG)
                .uid("timed " + name)
                .sinkTo(new DiscardingSink<>())
                .uid("end of " + name);
    }

    /** A generator that makes a watermark of each record. */
    public static final class OfEachRecord<T> implements WatermarkGenerator<T> {
        @Override
        public void onEvent(T event, long time, WatermarkOutput output) {
            output.emitWatermark(new Watermark(time - 1));
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            // Nothing to do: each record has its own watermark.
        }
    }

    private static final class Timed extends KeyedProcessFunction<String, ChangeEvent, Long> {

        private static final long serialVersionUID = 1L;

        private transient Counter arrived;
        private transient Counter late;
        private transient Counter passed;

        @Override
        public void open(OpenContext context) {
            arrived = getRuntimeContext().getMetricGroup().counter("arrived");
            late = getRuntimeContext().getMetricGroup().counter("late");
            passed = getRuntimeContext().getMetricGroup().counter("passed");
        }

        @Override
        public void processElement(ChangeEvent event, Context context, Collector<Long> out) {
            arrived.inc();
            if (context.timestamp() <= context.timerService().currentWatermark()) {
                late.inc();
            }
            context.timerService().registerEventTimeTimer(context.timestamp());
        }

        @Override
        public void onTimer(long time, OnTimerContext context, Collector<Long> out) {
            passed.inc();
        }
    }
}
