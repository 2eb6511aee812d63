/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.EpochEvent;
import io.dynamoreplica.flink.change.EpochEvent.Kind;
import io.dynamoreplica.flink.service.aws.AwsDynamoDbServiceFactory;
import io.dynamoreplica.flink.testing.DynamoDbLocalExtension;
import io.dynamoreplica.flink.testing.job.EpochTarget;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.LocalTable;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests, against DynamoDB Local, of how a target uses the events for the begin and the end of a copy. */
class EpochEventsIT {

    @RegisterExtension
    static final DynamoDbLocalExtension DYNAMODB = new DynamoDbLocalExtension();

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    private final EpochTarget target = new EpochTarget();

    @AfterEach
    void close() {
        target.close();
    }

    @Test
    void aTargetThatDropsOlderRowsAtTheEndOfAnEpochEqualsTheTable() throws Exception {
        LocalTable table = table("copied-again").load(0, 200, 1);
        String savepoint;
        try (RunningJob job = fullTable("copied-again").start(target.behindSource())) {
            job.until("the end of the first copy", () -> target.count(Kind.END) > 0);
            assertThat(target.contents()).isEqualTo(table.contents());
            savepoint = job.stopWithSavepoint();
        }
        for (int deletedUnseen = 0; deletedUnseen < 20; deletedUnseen++) {
            table.delete(deletedUnseen);
        }
        table.load(150, 220, 2);
        long first = lastEpoch();
        try (RunningJob job = fullTable("copied-again")
                .option("scan.reset-token", "again")
                .parallelism(3)
                .resume(target.behindSource(), savepoint)) {
            job.until("the end of the second copy", () -> lastEpoch() > first && lastKind() == Kind.END);
            job.until("deleted rows are dropped", () -> target.contents().equals(table.contents()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"STREAMING", "BATCH"})
    void aJobThatEndsHasSaidTheEndOfItsCopyByEverySubtask(String runtimeMode) throws Exception {
        String name = "ends-" + runtimeMode;
        LocalTable table = table(name).load(0, 100, 1);
        try (RunningJob job = job(name, "snapshot")
                .withoutCheckpoints()
                .flink("execution.runtime-mode", runtimeMode)
                .flink("execution.batch.adaptive.auto-parallelism.enabled", "false")
                .start(target.behindSource())) {
            job.awaitFinished();
        }
        assertThat(target.contents()).isEqualTo(table.contents());
        // There are two subtasks of the source. Each sends its events to two subtasks of the target.
        assertThat(target.count(Kind.END)).isEqualTo(4);
        assertThat(target.heard()).extracting(EpochEvent::epoch).containsOnly(lastEpoch());
        assertThat(target.count(Kind.BEGIN)).isPositive();
        // A subtask without a segment sends no begin.
        assertThat(target.heardByChannel()).hasSize(4).allSatisfy(heard -> assertThat(heard)
                .extracting(EpochEvent::kind)
                .isIn(List.of(Kind.BEGIN, Kind.END), List.of(Kind.END)));
    }

    private long lastEpoch() {
        return target.heard().stream().mapToLong(EpochEvent::epoch).max().orElse(0);
    }

    private Kind lastKind() {
        List<EpochEvent> heard = target.heard();
        return heard.get(heard.size() - 1).kind();
    }

    private static LocalTable table(String name) {
        return LocalTable.create(DYNAMODB.tables(), name);
    }

    private static ReplicaJob fullTable(String table) {
        return job(table, "full-table").option("scan.full-table.interval", "1 h");
    }

    private static ReplicaJob job(String table, String mode) {
        return ReplicaJob.of(FLINK, new AwsDynamoDbServiceFactory(), table)
                .options(DYNAMODB.awsOptions())
                .option("scan.startup.mode", mode)
                .option("scan.snapshot.page-limit", "20");
    }
}
