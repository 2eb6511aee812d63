/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.protocol.Phase;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.testing.fake.CallKind;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import io.dynamoreplica.flink.testing.job.FakeReplication;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of the metrics on which users set alerts, as a metric reporter sees them. */
class EnumeratorMetricsIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    @RegisterExtension
    final FakeReplication fake = new FakeReplication();

    private final FakeDynamoDb db = fake.db();
    private final Replica replica = fake.replica();

    @Test
    void theyGoOnAfterTheWholeJobHasFailedOver() throws Exception {
        fake.filled(TableSpec.named("orders"), 50);
        try (RunningJob job = ReplicaJob.of(FLINK, db.register(), "orders")
                .option("scan.snapshot.total-segments", "3")
                .start(replica)) {
            job.until("the stream is read", () -> isStreaming(job));
            db.faults().refuseNext(1, CallKind.DESCRIBE_TABLE, Refusal.Kind.THROTTLED);
            job.until("a refusal is counted", () -> job.counter("failedControlCalls") == 1);
            job.checkpoint();
            long epoch = job.gauge("epoch");

            AtomicBoolean failed = failTheEnumerator();
            job.until("the enumerator has failed", failed::get);
            job.checkpoint();
            db.faults().refuseNext(1, CallKind.DESCRIBE_TABLE, Refusal.Kind.THROTTLED);
            job.until("the next failed call is counted too", () -> job.counter("failedControlCalls") == 2);

            db.recreateTable("orders").load(0, 50, 2);
            job.until("a newer copy is shown", () -> job.gauge("epoch") > epoch);
            job.until("the new stream is read", () -> isStreaming(job));
            assertThat(job.gauge("epoch")).isEqualTo(replica.latestEpoch());
            assertThat(job.counter("gaps")).isEqualTo(1);
            assertThat(job.gauge("waitingForCheckpoint")).isZero();
            assertThat(job.gauge("unassignedSplits")).isZero();
            showsACompleteCopyAsFlinkCdcDoes(job);
        }
    }

    /** Asserts that the gauges of segments exist both for the source and for its only table. */
    private static void showsACompleteCopyAsFlinkCdcDoes(RunningJob job) {
        assertThat(job.gauge("isSnapshotting")).isZero();
        assertThat(job.gauge("isStreamReading")).isEqualTo(1);
        assertThat(job.gauge("numTablesSnapshotted")).isEqualTo(1);
        assertThat(job.gauge("numTablesRemaining")).isZero();
        assertThat(job.gauges("numSnapshotSplitsProcessed")).containsExactly(3L, 3L);
        assertThat(job.gauges("numSnapshotSplitsRemaining")).containsExactly(0L, 0L);
    }

    private static boolean isStreaming(RunningJob job) {
        return job.gauge("phase") == Phase.STREAMING.number();
    }

    /** Fails the enumerator: an error in a control thread fails the whole job. */
    private AtomicBoolean failTheEnumerator() {
        return db.faults().breakNext(CallKind.DESCRIBE_TABLE);
    }
}
