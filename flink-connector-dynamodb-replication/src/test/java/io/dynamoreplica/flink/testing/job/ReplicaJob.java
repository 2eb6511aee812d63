/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.job;

import io.dynamoreplica.flink.DynamoDbReplicationSource;
import io.dynamoreplica.flink.change.ChangeEvent;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** Source, exchange by key, replica. */
public final class ReplicaJob {

    private ReplicaJob() {}

    /** Adds the job's operators; the caller sets parallelism and checkpoints, and executes. */
    public static void define(
            StreamExecutionEnvironment env,
            DynamoDbReplicationSource<ChangeEvent> source,
            Replica replica) {
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "source")
                .uid("source")
                .keyBy(event -> event.table() + event.keys().materialise(), Types.STRING)
                .map(new Apply(replica.id()))
                .returns(Types.LONG)
                .uid("replica")
                .sinkTo(new DiscardingSink<>())
                .uid("end");
    }

    private record Apply(String replica) implements MapFunction<ChangeEvent, Long> {
        @Override
        public Long map(ChangeEvent event) {
            Replica.find(replica).apply(event);
            return event.epoch();
        }
    }
}
