/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.DynamoDbReplicationSource;
import io.dynamoreplica.flink.DynamoDbReplicationSourceBuilder;
import io.dynamoreplica.flink.change.AttributeValue.N;
import io.dynamoreplica.flink.change.AttributeValue.S;
import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.change.json.JsonChangeDeserializationSchema;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.service.aws.AwsDynamoDbServiceFactory;
import io.dynamoreplica.flink.testing.DynamoDbLocalExtension;
import io.dynamoreplica.flink.testing.Eventually;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.LocalTable;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tests of how a delete arrives: one by a client and one by time to live. DynamoDB Local looks for expired items
 * only every few seconds. Therefore all tests read the same stream, after both items are gone.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeletesIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    @RegisterExtension
    static final DynamoDbLocalExtension DYNAMODB = new DynamoDbLocalExtension();

    private static final String TABLE = "deleted";

    private static int anHourAgo;

    /** DynamoDB Local rounds times down to the minute. */
    private static Instant before;

    @BeforeAll
    static void deleteBoth() {
        LocalTable table = LocalTable.create(DYNAMODB.tables(), TABLE).enableStream();
        DYNAMODB.tables().updateTimeToLive(call -> call.tableName(TABLE)
                .timeToLiveSpecification(ttl -> ttl.enabled(true).attributeName("version")));
        anHourAgo = (int) Instant.now().minus(Duration.ofHours(1)).getEpochSecond();
        table.put(1, anHourAgo);
        table.put(0, 1);
        before = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        table.delete(0);
        Eventually.holds("the other item has expired", () -> table.contents().isEmpty());
    }

    @Test
    void asKeysOldImageAndDeletionTimeInAChangeEvent() throws Exception {
        try (Replica replica = Replica.withHistory();
                RunningJob job = ReplicaJob.of(FLINK, new AwsDynamoDbServiceFactory(), TABLE)
                        .options(DYNAMODB.awsOptions())
                        .option("scan.startup.mode", "earliest-offset")
                        .start(replica)) {
            job.until("both deletes are read", () -> replica.count(Operation.REMOVE) == 2);
            assertThat(replica.events())
                    .filteredOn(event -> event.operation() != Operation.REMOVE)
                    .hasSize(2)
                    .allMatch(event -> event.deletionTime() == null);
            assertDeleted(delete(replica, "k0"), 1, false);
            assertDeleted(delete(replica, "k1"), anHourAgo, true);
        }
    }

    private static void assertDeleted(ChangeEvent delete, int version, boolean byTimeToLive) {
        assertThat(delete.before().materialise()).containsEntry("version", new N(Integer.toString(version)));
        assertThat(delete.after()).isNull();
        assertThat(delete.deletionTime()).isBetween(before, Instant.now());
        assertThat(delete.origin().deletedByTtl()).isEqualTo(byTimeToLive);
    }

    private static ChangeEvent delete(Replica replica, String id) {
        return replica.events().stream()
                .filter(event -> event.operation() == Operation.REMOVE)
                .filter(event -> event.keys().materialise().equals(Map.of("id", new S(id))))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void asADeleteThatTellsInSqlWhetherTheTimeToLiveHadPassed() throws Exception {
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        tables.getConfig().set("parallelism.default", "1");
        tables.getConfig().set("execution.checkpointing.interval", "200 ms");
        declare(tables);
        Map<Object, Row> deletes = new HashMap<>();
        try (CloseableIterator<Row> changes =
                tables.executeSql("SELECT * FROM deleted").collect()) {
            while (deletes.size() < 2) {
                Row change = changes.next();
                if (change.getKind() == RowKind.DELETE) {
                    deletes.put(change.getField("id"), change);
                }
            }
        }
        assertThat(deletes.get("k0").getField("expired")).isEqualTo(false);
        assertThat(deletes.get("k1").getField("expired")).isEqualTo(true);
        assertThat(deletes.values()).allSatisfy(delete -> {
            assertThat(delete.getField("scanned")).isEqualTo(false);
            assertThat(delete.getField("origin")).isEqualTo(TABLE);
            assertThat((String) delete.getField("shard")).startsWith("shardId-");
            assertThat((String) delete.getField("number")).matches("\\d{21,40}");
            assertThat((Instant) delete.getField("deleted_at")).isBetween(before, Instant.now());
        });
        assertThat((String) deletes.get("k1").getField("old_item")).contains("\"version\":" + anHourAgo);
    }

    private static void declare(TableEnvironment tables) {
        String aws = DYNAMODB.awsOptions().entrySet().stream()
                .map(option -> ", '" + option.getKey() + "' = '" + option.getValue() + "'")
                .collect(Collectors.joining());
        tables.executeSql(
                """
                CREATE TABLE deleted (
                  id STRING,
                  expired BOOLEAN METADATA FROM 'ttl-deleted',
                  scanned BOOLEAN METADATA FROM 'snapshot',
                  deleted_at TIMESTAMP_LTZ(3) METADATA FROM 'event-time',
                  number STRING METADATA FROM 'sequence-number',
                  shard STRING METADATA FROM 'shard-id',
                  origin STRING METADATA FROM 'table-name',
                  old_item STRING METADATA FROM 'old-item',
                  PRIMARY KEY (id) NOT ENFORCED
                ) WITH (
                  'connector' = 'dynamodb-replication',
                  'table-name' = 'deleted',
                  'scan.startup.mode' = 'earliest-offset'%s
                )"""
                        .formatted(aws));
    }

    @Test
    void asKeysDeletionTimeAndOldImageInJson() throws Exception {
        DynamoDbReplicationSourceBuilder<String> source = DynamoDbReplicationSource.builder(
                        JsonChangeDeserializationSchema.plain())
                .table(TABLE)
                .startupMode(StartupMode.EARLIEST_OFFSET);
        DYNAMODB.awsOptions().forEach(source::option);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        env.enableCheckpointing(200);
        Map<Boolean, String> deletes = new HashMap<>();
        try (CloseableIterator<String> lines = env.fromSource(
                        source.build(), WatermarkStrategy.noWatermarks(), "source")
                .uid("source")
                .executeAndCollect()) {
            while (deletes.size() < 2) {
                String line = lines.next();
                if (line.contains("\"operation\":\"REMOVE\"")) {
                    deletes.put(line.contains("\"ttlDeleted\":true"), line);
                } else {
                    assertThat(line).contains("\"deletionTime\":null", "\"ttlDeleted\":false");
                }
            }
        }
        assertThat(deletes.get(false)).contains(deleted("k0", 1));
        assertThat(deletes.get(true)).contains(deleted("k1", anHourAgo));
        assertThat(deletes.values()).allMatch(line -> line.matches(".*\"deletionTime\":\"[-0-9]+T[:0-9]+Z\".*"));
    }

    private static String deleted(String id, int version) {
        return ("\"keys\":{\"id\":\"%s\"},\"before\":{\"id\":\"%s\",\"text\":\"item %s in version %d\",\"version\":%d},"
                        + "\"after\":null")
                .formatted(id, id, id.substring(1), version, version);
    }
}
