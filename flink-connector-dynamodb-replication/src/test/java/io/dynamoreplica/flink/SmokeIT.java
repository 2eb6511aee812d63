/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink;

import static io.dynamoreplica.flink.testing.fake.Items.item;

import io.dynamoreplica.flink.change.ChangeEventDeserializationSchema;
import io.dynamoreplica.flink.config.*;
import io.dynamoreplica.flink.testing.fake.*;
import io.dynamoreplica.flink.testing.job.*;
import java.util.*;
import org.apache.flink.configuration.*;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class SmokeIT {
    @Test
    void smoke() throws Exception {
        try (FakeDynamoDb db = new FakeDynamoDb();
                Replica replica = Replica.withHistory()) {
            db.clock().run(java.time.Duration.ZERO);
            FakeTable table = db.createTable(TableSpec.named("orders").withShards(4));
            for (int i = 0; i < 1000; i++) table.put(item("id", "k" + i).n("v", i).build());
            db.behaviour().scanPageItems(100);
            ReplicationConfig config =
                    ReplicationConfigParser.parse(
                            Map.of("table-name", "orders", "aws.region", "us-east-1"), List.of());
            Configuration conf = new Configuration();
            conf.setString("execution.checkpointing.interval", "200 ms");
            StreamExecutionEnvironment env =
                    StreamExecutionEnvironment.getExecutionEnvironment(conf);
            env.setParallelism(2);
            ReplicaJob.define(
                    env,
                    DynamoDbReplicationSource.of(
                            config, new ChangeEventDeserializationSchema(), db.register()),
                    replica);
            var client = env.executeAsync("x");
            long end = System.currentTimeMillis() + 30000;
            int n = 0;
            while (System.currentTimeMillis() < end && n < 30) {
                table.put(item("id", "k" + n).n("v", 5000 + n).build());
                if (n % 7 == 0) {
                    for (String s : table.stream().openShards()) {
                        table.stream().rollOver(s);
                    }
                }
                n++;
                Thread.sleep(100);
            }
            Thread.sleep(4000);
            System.out.println("COUNTS " + replica.counts() + " items " + replica.items().size());
            Map<Object, Object> want = new HashMap<>();
            table.snapshot()
                    .values()
                    .forEach(
                            i ->
                                    want.put(
                                            Map.of("id", i.materialise().get("id")),
                                            i.materialise()));
            System.out.println(
                    "EQUAL " + want.equals(replica.items()) + " " + client.getJobStatus().get());
            client.cancel().get();
        }
    }
}
