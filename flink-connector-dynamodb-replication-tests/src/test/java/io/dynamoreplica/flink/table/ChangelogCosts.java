/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.service.aws.AwsDynamoDbServiceFactory;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.job.UpsertTarget;
import io.dynamoreplica.flink.testing.job.WireTable;
import io.dynamoreplica.flink.testing.wire.WireDynamoDb;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.table.api.bridge.java.StreamStatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Measures a copy with and without {@code ChangelogNormalize}: items per second, and the size of a
 * savepoint. The build does not run it. docs/sql.md has the command and the figures. On Flink 1.20 both
 * plans have the operator.
 */
class ChangelogCosts {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    private static final int ITEMS = 50_000;
    private static final int ROUNDS = 3;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private record Cost(double itemsPerSecond, long savepointBytes) {}

    @Test
    void ofACopy() throws Exception {
        try (WireDynamoDb wire = WireDynamoDb.start()) {
            WireTable.create(wire, "orders", 1).load(0, ITEMS, 1);
            wire.db().clock().advance(Duration.ofHours(1));
            for (int round = 1; round <= ROUNDS; round++) {
                Cost without = cost(wire, "full");
                Cost with = cost(wire, "key");
                System.out.printf(
                        "round %d, %d items: full deletes %.0f items/s, savepoint %,d bytes; deletes by key %.0f items/s, savepoint %,d bytes%n",
                        round,
                        ITEMS,
                        without.itemsPerSecond(),
                        without.savepointBytes(),
                        with.itemsPerSecond(),
                        with.savepointBytes());
            }
        }
    }

    private static Cost cost(WireDynamoDb wire, String deletes) throws Exception {
        try (UpsertTarget target = new UpsertTarget();
                RunningJob job = ReplicaJob.of(FLINK, new AwsDynamoDbServiceFactory(), "orders")
                        .options(wire.awsOptions())
                        .flink("execution.checkpointing.interval", "10 min")
                        .start((env, config, services) ->
                                insert(StreamTableEnvironment.create(env), wire, target, deletes))) {
            job.until("the first row", LIMIT, () -> target.size() > 0);
            long begun = System.nanoTime();
            job.until("the copy is complete", LIMIT, () -> target.size() == ITEMS);
            double seconds = (System.nanoTime() - begun) / 1e9;
            long bytes = job.savepointBytes().orElseThrow();
            assertThat(bytes).isPositive();
            return new Cost(ITEMS / seconds, bytes);
        }
    }

    private static void insert(StreamTableEnvironment sql, WireDynamoDb wire, UpsertTarget target, String deletes) {
        Map<String, String> options = new HashMap<>(wire.awsOptions());
        options.put("connector", "dynamodb-replication");
        options.put("table-name", "orders");
        options.put("changelog.deletes", deletes);
        sql.executeSql(
                "CREATE TABLE orders (id STRING, version INT, `text` STRING, PRIMARY KEY (id) NOT ENFORCED) WITH (%s)"
                        .formatted(options.entrySet().stream()
                                .map(o -> "'" + o.getKey() + "' = '" + o.getValue() + "'")
                                .collect(Collectors.joining(", "))));
        sql.executeSql(
                "CREATE TABLE target (id STRING, version INT, `text` STRING, PRIMARY KEY (id) NOT ENFORCED) WITH (%s)"
                        .formatted(target.options()));
        StreamStatementSet statements = sql.createStatementSet();
        statements.addInsertSql("INSERT INTO target SELECT * FROM orders");
        statements.attachAsDataStream();
    }
}
