/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.losses;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.service.aws.AwsDynamoDbServiceFactory;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.Gate;
import io.dynamoreplica.flink.testing.job.InducedFailure;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of jobs and tasks that restart, before the first record or after it, and of tasks that start late. */
class RestartsIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    @RegisterExtension
    final Orders orders = Orders.inShards(3);

    private final InducedFailure failure = new InducedFailure();

    @AfterEach
    void close() {
        failure.close();
    }

    @Test
    void aStartFromNowThatIsStoppedBeforeTheFirstRecordLosesNothing() throws Exception {
        String savepoint;
        try (RunningJob job = fromNow().start(orders.replica())) {
            awaitShardsRead(job);
            savepoint = job.stopWithSavepoint();
        }
        assertThat(orders.replica().events()).isEmpty();
        orders.table().load(0, Orders.ITEMS, 2);
        try (RunningJob job = fromNow().resume(orders.replica(), savepoint)) {
            orders.untilEqual(job);
        }
        assertThat(orders.replica().count(Operation.MODIFY)).isEqualTo(Orders.ITEMS);
    }

    @Test
    void aStartFromNowThatFailsOnItsFirstRecordLosesNothing() throws Exception {
        failure.afterElements(0);
        try (RunningJob job = onceRestarted(fromNow()).start(orders.replica())) {
            awaitShardsRead(job);
            orders.table().load(0, Orders.ITEMS, 2);
            orders.untilEqual(job);
        }
        assertThat(failure.strikes()).isOne();
    }

    /**
     * Without a checkpoint, the enumerator assigns the splits again. With one, the task still has them. One restart
     * is allowed, so a second failure would fail the job.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTaskThatFailsGivesItsSplitsBackAndNoOtherFailureFollows(boolean checkpoints) throws Exception {
        ReplicaJob alone = onceRestarted(orders.job(FLINK))
                .option("scan.startup.mode", "earliest-offset")
                .withoutExchange();
        try (RunningJob job = (checkpoints ? alone : alone.withoutCheckpoints()).start(orders.replica())) {
            orders.untilEqual(job);
            failure.afterElements(40);
            orders.table().load(0, Orders.ITEMS, 2);
            job.until("the task has failed", () -> failure.strikes() == 1);
            orders.untilEqual(job);
            orders.stream().openShards().forEach(orders.stream()::split);
            orders.table().load(0, Orders.ITEMS, 3);
            orders.untilEqual(job);
        }
    }

    /**
     * The shards of a failed task are returned, and its next attempt starts late. Only the report of that attempt
     * can lead to their assignment: the table and the stream were described long before, the next discovery is an
     * hour away, and no checkpoint makes the enumerator try again.
     */
    @Test
    void aReaderThatComesLateDoesNotWaitForTheNextDiscovery() throws Exception {
        try (Gate gate = new Gate(2);
                RunningJob job = onceRestarted(
                                ReplicaJob.of(FLINK, gate.before(new AwsDynamoDbServiceFactory()), "orders"))
                        .options(orders.wire().awsOptions())
                        .option("scan.stream.discovery-interval", "1 h")
                        .option("scan.startup.mode", "earliest-offset")
                        .withoutCheckpoints()
                        .withoutExchange()
                        .start(orders.replica())) {
            orders.untilEqual(job);
            failure.afterElements(0);
            orders.table().load(0, Orders.ITEMS, 2);
            job.until("the next attempt is late", gate::isSomebodyWaiting);
            assertThat(orders.table().isEqualTo(orders.replica())).isFalse();
            gate.open();
            orders.untilEqual(job);
        }
        assertThat(failure.strikes()).isOne();
    }

    private ReplicaJob fromNow() {
        return orders.job(FLINK).option("scan.startup.mode", "latest-offset");
    }

    private ReplicaJob onceRestarted(ReplicaJob job) {
        return job.flink("restart-strategy.type", "fixed-delay")
                .flink("restart-strategy.fixed-delay.attempts", "1")
                .failingBy(failure);
    }

    /** Waits until readers have read the shards. The check before the job begins reads one shard, once. */
    private void awaitShardsRead(RunningJob job) {
        job.until("each shard is read", () -> orders.stream().openShards().stream()
                .allMatch(shard -> orders.pagesAskedOf(shard) > 2));
    }
}
