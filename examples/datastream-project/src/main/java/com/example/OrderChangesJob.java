/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example;

import io.dynamoreplica.flink.DynamoDbReplicationSource;
import io.dynamoreplica.flink.change.json.JsonChangeDeserializationSchema;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Prints every order of a table, and then every change to one, as JSON. */
public final class OrderChangesJob {

    private OrderChangesJob() {}

    public static void main(String[] args) throws Exception {
        // region datastream
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        // The stream is read when a checkpoint has completed after the copy.
        env.enableCheckpointing(10_000);

        DynamoDbReplicationSource<String> orders = DynamoDbReplicationSource.builder(
                        JsonChangeDeserializationSchema.plain())
                .table("orders")
                .region("us-east-1")
                .build();

        env.fromSource(orders, WatermarkStrategy.noWatermarks(), "orders")
                .uid("orders")
                .print();
        env.execute("order changes");
        // endregion
    }
}
