/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.AttributeValue.N;
import io.dynamoreplica.flink.change.AttributeValue.S;
import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.service.aws.AwsDynamoDbServiceFactory;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.job.ScanStop;
import io.dynamoreplica.flink.testing.job.UpsertTarget;
import io.dynamoreplica.flink.testing.job.WireTable;
import io.dynamoreplica.flink.testing.wire.WireDynamoDb;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamStatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A replica that SQL keeps in a target without transactions. It equals the table in the end, even if the
 * job failed before. If this Flink can omit them, there is no exchange and no {@code ChangelogNormalize}
 * between the source and the target; {@link ChangelogPlanTest} shows when this is the case.
 */
class UpsertTargetIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    private static final int ITEMS = 640;
    private static final int SEGMENTS = 8;
    private static final int PAGE = 10;

    private final WireDynamoDb wire = WireDynamoDb.start();
    private final WireTable table = WireTable.create(wire, "orders", 3);
    private final UpsertTarget target = new UpsertTarget();

    @BeforeEach
    void fill() {
        wire.db().behaviour().scanPageItems(PAGE).recordsPerPage(PAGE);
        table.load(0, ITEMS, 1);
        wire.db().clock().advance(Duration.ofHours(1));
    }

    @AfterEach
    void close() {
        target.close();
        wire.close();
    }

    /** The tested rows are in the target, but in no checkpoint and in no later page. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anItemThatIsDeletedBetweenAFailedCopyAndTheNextIsDeletedInTheTarget(boolean chained) throws Exception {
        stopEachSegmentAfter(2);
        try (RunningJob job = jobThatTakesFewCheckpoints().start(definition(chained))) {
            job.until("two pages of each", () -> target.rows().size() == 2 * PAGE * SEGMENTS);
            job.checkpoint();
            List<String> covered = keys();
            stopEachSegmentAfter(2);
            job.until(
                    "some pages more of each, and the next ones are asked for",
                    () -> target.rows().size() > covered.size()
                            && wire.db().faults().waiting() == SEGMENTS);
            List<String> uncovered = keys();
            uncovered.removeAll(covered);
            uncovered.forEach(key -> table.delete(Integer.parseInt(key.substring(1))));
            target.failure().afterElements(5);
            wire.db().faults().releaseAll();
            job.until("a task has failed", () -> target.failure().strikes() == 1);
            job.checkpoint();
            awaitHandOver(job);
            table.load(0, 50, 2);
            job.until("the target equals the table", this::isEqual);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tasksFailWhileTheStreamIsReadAndShardsRollOver(boolean chained) throws Exception {
        try (RunningJob job = job(4).start(definition(chained))) {
            job.until("the copy is complete", this::isEqual);
            for (int round = 1; round <= 3; round++) {
                target.failure().afterElements(20);
                table.load(0, 60, 10 * round);
                table.stream().openShards().forEach(table.stream()::rollOver);
                IntStream.range(40 * round, 40 * round + 30).forEach(table::delete);
                table.load(30, 90, 10 * round + 1);
                table.stream().openShards().forEach(table.stream()::split);
                int strikes = round;
                job.until("a task has failed", () -> target.failure().strikes() == strikes);
                table.load(200, 260, 10 * round + 2);
                IntStream.range(220, 240).forEach(table::delete);
                job.until("the target equals the table", this::isEqual);
            }
        }
    }

    @Test
    void aSavepointGoesOnAtAnotherParallelism() throws Exception {
        String savepoint;
        stopEachSegmentAfter(2);
        try (RunningJob job = job(4).start(definition(true))) {
            job.until("two pages of each", () -> target.rows().size() == 2 * PAGE * SEGMENTS);
            savepoint = job.stopWithSavepoint();
        }
        IntStream.range(0, ITEMS / 2).forEach(table::delete);
        wire.db().faults().releaseAll();
        try (RunningJob job = job(2).resume(definition(true), savepoint)) {
            job.until("the target equals the table", this::isEqual);
            table.stream().openShards().forEach(table.stream()::split);
            table.load(0, 100, 2);
            job.until("the target equals the table", this::isEqual);
            savepoint = job.stopWithSavepoint();
        }
        IntStream.range(50, 150).forEach(table::delete);
        table.stream().openShards().forEach(table.stream()::rollOver);
        table.load(100, 120, 3);
        try (RunningJob job = job(3).resume(definition(true), savepoint)) {
            job.until("the target equals the table", this::isEqual);
        }
    }

    @Test
    void longAfterTheCopyADeleteIsOneRowThatHoldsTheItemAsItWas() throws Exception {
        try (RunningJob job = job(4).start(definition(true))) {
            job.until("the copy is complete", this::isEqual);
            // The first answer of each shard has a record.
            table.load(0, ITEMS, 2);
            job.until("the target equals the table", this::isEqual);
            wire.db().clock().advance(Duration.ofMinutes(10));
            int before = target.written().size();
            IntStream.range(0, 50).forEach(table::delete);
            job.until("the target equals the table", this::isEqual);

            assertThat(target.written().subList(before, target.written().size()))
                    .hasSize(50)
                    .allSatisfy(row -> {
                        assertThat(row.getKind()).isEqualTo(RowKind.DELETE);
                        assertThat(row.getField(1)).isEqualTo(2);
                    });
        }
    }

    private void stopEachSegmentAfter(int pages) {
        wire.db().faults().releaseAll();
        wire.db().calls().clear();
        wire.db().faults().stall("the next page", ScanStop.afterPages(wire.db(), pages));
    }

    private void awaitHandOver(RunningJob job) {
        job.until("the stream is read", () -> {
            job.checkpoint();
            return isEqual();
        });
    }

    private List<String> keys() {
        return target.rows().keySet().stream().map(key -> (String) key.get(0)).collect(Collectors.toList());
    }

    private ReplicaJob job(int parallelism) {
        return ReplicaJob.of(FLINK, new AwsDynamoDbServiceFactory(), "orders")
                .options(wire.awsOptions())
                .parallelism(parallelism);
    }

    /**
     * The job has at most one checkpoint at its start, and those that the test triggers. SQL refuses a job
     * without checkpoints.
     */
    private ReplicaJob jobThatTakesFewCheckpoints() {
        return job(4).flink("execution.checkpointing.interval", "1 h");
    }

    private ReplicaJob.Definition definition(boolean chained) {
        return (env, config, services) -> define(env, chained);
    }

    private void define(StreamExecutionEnvironment env, boolean chained) {
        StreamTableEnvironment sql = StreamTableEnvironment.create(env);
        Map<String, String> options = new HashMap<>(wire.awsOptions());
        options.put("connector", "dynamodb-replication");
        options.put("table-name", "orders");
        options.put("scan.snapshot.total-segments", Integer.toString(SEGMENTS));
        options.put("scan.stream.discovery-interval", "1 s");
        options.put("scan.stream.poll-interval", "100 ms");
        sql.executeSql(
                "CREATE TABLE orders (id STRING, version INT, `text` STRING, PRIMARY KEY (id) NOT ENFORCED) WITH (%s)"
                        .formatted(options.entrySet().stream()
                                .map(each -> "'%s' = '%s'".formatted(each.getKey(), each.getValue()))
                                .collect(Collectors.joining(", "))));
        sql.executeSql(
                "CREATE TABLE target (id STRING, version INT, `text` STRING, PRIMARY KEY (id) NOT ENFORCED) WITH (%s, 'chained' = '%s')"
                        .formatted(target.options(), chained));
        StreamStatementSet statements = sql.createStatementSet();
        statements.addInsertSql("INSERT INTO target SELECT * FROM orders");
        statements.attachAsDataStream();
    }

    private boolean isEqual() {
        Map<List<Object>, Row> expected = table.table().snapshot().values().stream()
                .map(MapItem::materialise)
                .map(UpsertTargetIT::row)
                .collect(Collectors.toMap(row -> List.of(row.getField(0)), row -> row));
        return target.rows().equals(expected);
    }

    private static Row row(Map<String, AttributeValue> item) {
        return Row.of(
                ((S) item.get("id")).value(),
                Integer.valueOf(((N) item.get("version")).digits()),
                ((S) item.get("text")).value());
    }
}
