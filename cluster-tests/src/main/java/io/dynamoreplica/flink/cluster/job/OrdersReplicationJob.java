/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.cluster.job;

import io.dynamoreplica.flink.DynamoDbReplicationSource;
import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.ChangeEventDeserializationSchema;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * A job that keeps the table {@code replica} of a database equal to the DynamoDB table {@code
 * orders}.
 */
public final class OrdersReplicationJob {

    /**
     * Runs the job.
     *
     * @param args the endpoint of DynamoDB, and the JDBC URL of the database
     */
    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        DynamoDbReplicationSource<ChangeEvent> orders = DynamoDbReplicationSource.builder(
                        new ChangeEventDeserializationSchema())
                .table("orders")
                .region("eu-west-1")
                .endpoint(args[0])
                .option("aws.credentials.provider", "BASIC")
                .option("aws.credentials.basic.accesskeyid", "test")
                .option("aws.credentials.basic.secretkey", "test")
                .option("scan.snapshot.total-segments", "8")
                .option("scan.snapshot.page-limit", "500")
                .option("scan.stream.poll-interval", "500 ms")
                .build();
        env.fromSource(orders, WatermarkStrategy.noWatermarks(), "orders")
                .uid("orders")
                .keyBy(event -> event.keys().materialise().toString(), Types.STRING)
                .flatMap(new ReplicaWriter(args[1]))
                .returns(Types.VOID)
                .uid("replica")
                .sinkTo(new DiscardingSink<>())
                .uid("end");
        env.execute("orders");
    }

    private OrdersReplicationJob() {}
}
