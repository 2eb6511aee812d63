/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.ChangeEventDeserializationSchema;
import io.dynamoreplica.flink.config.StartupMode;
import io.dynamoreplica.flink.service.aws.AwsDynamoDbServiceFactory;
import io.dynamoreplica.flink.testing.DynamoDbLocalExtension;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.LocalTable;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tables of DynamoDB Local without a stream, each copied once a minute, which is the shortest
 * schedule there is: so this waits for the next minute.
 */
class ScheduledCopiesIT {

    @RegisterExtension static final FlinkCluster FLINK = new FlinkCluster();

    @RegisterExtension static final DynamoDbLocalExtension DYNAMODB = new DynamoDbLocalExtension();

    private static final int ITEMS = 20;
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

    @Test
    void tablesAreCopiedOnAnIntervalAtATimeOfDayAndByCronEachCopyAnEpochOfItsOwn()
            throws Exception {
        List<String> names = List.of("by-interval", "by-time-of-day", "by-cron");
        for (String name : names) {
            LocalTable.create(DYNAMODB.tables(), name).load(0, ITEMS, 1);
        }
        try (Replica replica = Replica.withHistory();
                RunningJob job =
                        ReplicaJob.of(FLINK, new AwsDynamoDbServiceFactory(), "in-the-builder")
                                .reading(source())
                                .start(replica)) {
            job.until(
                    "each table has been copied twice",
                    TWO_MINUTES,
                    () -> names.stream().allMatch(name -> rowsByEpoch(replica, name).size() >= 2));
            for (String name : names) {
                SortedMap<Long, Integer> rows = rowsByEpoch(replica, name);
                assertThat(rows.get(rows.firstKey())).as(name).isEqualTo(ITEMS);
            }
        }
    }

    private static DynamoDbReplicationSourceBuilder<ChangeEvent> source() {
        DynamoDbReplicationSourceBuilder<ChangeEvent> source =
                DynamoDbReplicationSource.builder(new ChangeEventDeserializationSchema())
                        .startupMode(StartupMode.FULL_TABLE)
                        .table(
                                "by-interval",
                                table -> table.option("scan.full-table.interval", "1 min"))
                        .table(
                                "by-time-of-day",
                                table ->
                                        table.option("scan.full-table.time-of-day", "00:00")
                                                .option("scan.full-table.time-zone", "Asia/Kolkata")
                                                .option("scan.full-table.interval", "1 min"))
                        .table(
                                "by-cron",
                                table -> table.option("scan.full-table.cron", "* * * * *"));
        DYNAMODB.awsOptions().forEach(source::option);
        return source;
    }

    private static SortedMap<Long, Integer> rowsByEpoch(Replica replica, String table) {
        SortedMap<Long, Integer> rows = new TreeMap<>();
        replica.events().stream()
                .filter(event -> event.table().equals(table))
                .forEach(event -> rows.merge(event.epoch(), 1, Integer::sum));
        return rows;
    }
}
