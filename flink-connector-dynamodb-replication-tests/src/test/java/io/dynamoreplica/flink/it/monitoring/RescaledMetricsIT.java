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
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.ServiceCall;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import io.dynamoreplica.flink.testing.job.FakeReplication;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.job.ScanStop;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of the enumerator's metrics with the adaptive scheduler, which creates the source again at each rescale. */
class RescaledMetricsIT {

    @RegisterExtension
    static final FlinkCluster FLINK = FlinkCluster.adaptive();

    @RegisterExtension
    final FakeReplication fake = new FakeReplication();

    private final FakeDynamoDb db = fake.db();
    private final Replica replica = fake.replica();

    @Test
    void theyShowWhatTheJobDoesAfterEachRescaleAndFailover() throws Exception {
        FakeTable table = filled("orders");
        db.behaviour().scanPageItems(5);
        db.faults().stall("later pages", ScanStop.afterPages(db, 1));
        try (RunningJob job = job("orders").start(replica)) {
            job.until("the copy has begun", () -> db.faults().waiting() > 0);
            job.checkpoint();
            job.rescale(3);
            db.faults().releaseAll();
            job.until("the stream is shown as read", () -> isStreaming(job));
            job.until("the replica equals the table", () -> replica.equalsTable(table));
            assertThat(job.gauge("unassignedSplits")).isZero();
            assertThat(job.gauge("epoch")).isEqualTo(replica.latestEpoch());

            refuseOnce();
            job.until("a refusal is counted", () -> job.counter("failedControlCalls") == 1);
            job.checkpoint();
            job.rescale(1);
            refuseOnce();
            job.until("the next failed call is counted too", () -> job.counter("failedControlCalls") == 2);
            assertThat(isStreaming(job)).isTrue();

            AtomicBoolean failed = failTheEnumerator();
            job.until("the enumerator has failed", failed::get);
            long epoch = job.gauge("epoch");
            db.recreateTable("orders").load(0, 50, 1);
            job.until("a newer copy is shown", () -> job.gauge("epoch") > epoch);
            job.until("its stream is shown as read", () -> isStreaming(job));
            assertThat(job.gauge("epoch")).isEqualTo(replica.latestEpoch());
            assertThat(job.counter("gaps")).isEqualTo(1);
        }
    }

    /** In a session cluster, two jobs share a process. If the jar is in lib/, they also share the classes. */
    @Test
    void thoseOfTwoJobsInOneClusterAreApart() throws Exception {
        filled("orders");
        filled("users");
        db.faults().stall("the copy of users", ServiceCall.toTable("users").and(ServiceCall.ofReaders()));
        try (RunningJob first = job("orders").start(replica);
                Replica other = Replica.create();
                RunningJob second = job("users").start(other)) {
            first.until("the stream of orders is read", () -> isStreaming(first));
            second.awaitPhase(Phase.SCANNING, "users");
            second.checkpoint();
            second.rescale(1);
            second.until("its copy continues", () -> db.faults().waiting() > 0);
            assertThat(second.gauge("phase")).isEqualTo(Phase.SCANNING.number());
            assertThat(isStreaming(first)).isTrue();

            db.faults().releaseAll();
            second.until("the stream of users is read", () -> isStreaming(second));
            second.close();
            first.rescale(1);
            refuseOnce();
            first.until("a refusal is counted", () -> first.counter("failedControlCalls") == 1);
            assertThat(isStreaming(first)).isTrue();
        }
    }

    private ReplicaJob job(String table) {
        return ReplicaJob.of(FLINK, db.register(), table).option("scan.snapshot.total-segments", "4");
    }

    private static boolean isStreaming(RunningJob job) {
        return job.gauge("phase") == Phase.STREAMING.number();
    }

    private void refuseOnce() {
        db.faults().refuseNext(1, CallKind.DESCRIBE_TABLE, Refusal.Kind.THROTTLED);
    }

    /** Fails the enumerator: an error in a control thread fails the whole job. */
    private AtomicBoolean failTheEnumerator() {
        return db.faults().breakNext(CallKind.DESCRIBE_TABLE);
    }

    private FakeTable filled(String name) {
        return fake.filled(TableSpec.named(name), 50);
    }
}
