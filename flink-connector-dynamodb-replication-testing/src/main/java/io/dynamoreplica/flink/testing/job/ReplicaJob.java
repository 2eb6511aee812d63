/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.job;

import io.dynamoreplica.flink.DynamoDbReplicationSource;
import io.dynamoreplica.flink.DynamoDbReplicationSourceBuilder;
import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.ChangeEventDeserializationSchema;
import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.config.ReplicationConfigParser;
import io.dynamoreplica.flink.config.TableSelection.Named;
import io.dynamoreplica.flink.config.TableSettings;
import io.dynamoreplica.flink.service.DynamoDbServiceFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * A job of a source, a place to fail, an exchange by key, and a replica. It is described once, then
 * {@link #start started} or {@link #resume resumed} any number of times.
 *
 * <p>The defaults: parallelism 2, a checkpoint every 200 ms, three restarts, and a source that
 * discovers shards every second and polls every 100 ms.
 */
public final class ReplicaJob {

    private final FlinkCluster cluster;
    private final DynamoDbServiceFactory services;
    private final Map<String, String> options = new HashMap<>();
    private final Map<String, String> flink = new HashMap<>();
    private List<Named> tables = List.of();
    private DynamoDbReplicationSourceBuilder<ChangeEvent> builder;
    private String failure = "";
    private boolean exchange = true;

    private ReplicaJob(FlinkCluster cluster, DynamoDbServiceFactory services) {
        this.cluster = cluster;
        this.services = services;
        option("aws.region", "eu-central-1");
        option("scan.stream.discovery-interval", "1 s");
        option("scan.stream.poll-interval", "100 ms");
        flink("parallelism.default", "2");
        flink("pipeline.generic-types", "false");
        flink("execution.checkpointing.interval", "200 ms");
        flink("restart-strategy.type", "fixed-delay");
        flink("restart-strategy.fixed-delay.attempts", "3");
        flink("restart-strategy.fixed-delay.delay", "100 ms");
    }

    public static ReplicaJob of(FlinkCluster cluster, DynamoDbServiceFactory services, String table) {
        return new ReplicaJob(cluster, services).option("table-name", table);
    }

    /** Sets an option of the connector. */
    public ReplicaJob option(String key, String value) {
        options.put(key, value);
        return this;
    }

    public ReplicaJob options(Map<String, String> more) {
        options.putAll(more);
        return this;
    }

    /** Sets an option of Flink. */
    public ReplicaJob flink(String key, String value) {
        flink.put(key, value);
        return this;
    }

    public ReplicaJob parallelism(int subtasks) {
        return flink("parallelism.default", Integer.toString(subtasks));
    }

    /**
     * Takes no checkpoints except those that the test takes. A long interval would not be enough,
     * because the newest Flink takes the first checkpoint of a job immediately.
     */
    public ReplicaJob withoutCheckpoints() {
        flink.remove("execution.checkpointing.interval");
        return this;
    }

    public ReplicaJob failingBy(InducedFailure induced) {
        failure = induced.id();
        return this;
    }

    /**
     * Runs each subtask of the source independently, so that one of them can fail or start late
     * alone. Otherwise Flink sends nothing through an exchange before all tasks on the other side
     * run.
     */
    public ReplicaJob withoutExchange() {
        exchange = false;
        return this;
    }

    /** Reads several tables, each with its own options. */
    public ReplicaJob tables(Named... more) {
        tables = List.of(more);
        return this;
    }

    /** Reads with this builder instead of the options of this job. */
    public ReplicaJob reading(DynamoDbReplicationSourceBuilder<ChangeEvent> other) {
        builder = other;
        return this;
    }

    public RunningJob start(Replica replica) throws Exception {
        return start(intoReplica(replica));
    }

    public RunningJob resume(Replica replica, String savepoint) throws Exception {
        return resume(intoReplica(replica), savepoint);
    }

    /** A job definition that has something else than a replica behind the source. */
    public interface Definition {
        void define(StreamExecutionEnvironment env, ReplicationConfig config, DynamoDbServiceFactory services);
    }

    public RunningJob start(Definition definition) throws Exception {
        return run(definition, Map.of());
    }

    public RunningJob resume(Definition definition, String savepoint) throws Exception {
        return run(definition, Map.of("execution.state-recovery.path", savepoint));
    }

    private RunningJob run(Definition definition, Map<String, String> more) throws Exception {
        Configuration configuration = new Configuration();
        flink.forEach(configuration::setString);
        more.forEach(configuration::setString);
        StreamExecutionEnvironment env = cluster.environment(configuration);
        definition.define(env, config(), services);
        String name = "replica-" + UUID.randomUUID();
        return new RunningJob(cluster, env.executeAsync(name), name);
    }

    private Definition intoReplica(Replica replica) {
        return (env, config, from) -> define(
                env,
                builder != null
                        ? builder.build(from)
                        : DynamoDbReplicationSource.of(config, new ChangeEventDeserializationSchema(), from),
                replica);
    }

    private void define(
            StreamExecutionEnvironment env, DynamoDbReplicationSource<ChangeEvent> source, Replica replica) {
        SingleOutputStreamOperator<ChangeEvent> changes = env.fromSource(
                        source, WatermarkStrategy.noWatermarks(), "source")
                .uid("source")
                .map(new PlaceToFail(failure))
                .returns(TypeInformation.of(ChangeEvent.class))
                .uid("place-to-fail");
        applied(changes, replica).sinkTo(new DiscardingSink<>()).uid("end");
    }

    private ReplicationConfig config() {
        if (tables.isEmpty()) {
            return ReplicationConfigParser.parse(options, List.of());
        }
        return ReplicationConfigParser.parse(
                tables.stream().map(this::withOptionsOfTheJob).toList(), options);
    }

    private Named withOptionsOfTheJob(Named table) {
        Map<String, String> all = new HashMap<>(options);
        all.putAll(table.settings().options());
        return new Named(table.name(), new TableSettings(table.settings().attributes(), all));
    }

    private DataStream<Long> applied(DataStream<ChangeEvent> changes, Replica replica) {
        if (exchange) {
            return changes.keyBy(event -> event.table() + event.keys().materialise(), Types.STRING)
                    .process(new KeyedConsumer(replica.id()))
                    .returns(Types.LONG)
                    .uid("replica");
        }
        return changes.map(new Apply(replica.id())).returns(Types.LONG).uid("replica");
    }

    private record PlaceToFail(String failure) implements MapFunction<ChangeEvent, ChangeEvent> {
        @Override
        public ChangeEvent map(ChangeEvent event) {
            if (!failure.isEmpty()) {
                InducedFailure.find(failure).meet();
            }
            return event;
        }
    }

    private record Apply(String replica) implements MapFunction<ChangeEvent, Long> {
        @Override
        public Long map(ChangeEvent event) {
            Replica.find(replica).apply(event);
            return event.epoch();
        }
    }
}
