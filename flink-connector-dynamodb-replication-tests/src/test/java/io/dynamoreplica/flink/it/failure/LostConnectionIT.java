/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.testing.fake.CallKind;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import io.dynamoreplica.flink.testing.job.FakeReplication;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.job.ScanStop;
import java.util.Map;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tests of permissions, connections and capacity that are lost while a job runs. Such errors are transient: the
 * source makes the calls again, metrics show the errors, and no split ends.
 */
class LostConnectionIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    private static final int ITEMS = 300;

    /** Large enough that segments are refused several times in a row. */
    private static final int REFUSED_SCANS = 15;

    /** Small, because a shard waits twice as long after each refusal in a row. */
    private static final int REFUSED_READS = 4;

    @RegisterExtension
    final FakeReplication fake = new FakeReplication().pagesOf(10);

    private final FakeDynamoDb db = fake.db();
    private final FakeTable table = fake.filled(TableSpec.named("orders").withShards(2), ITEMS);
    private final Replica replica = fake.replica();

    @Test
    void aPermissionLostWhileScanningIsWaitedFor() throws Exception {
        scanUnder(Refusal.Kind.DENIED, "callsDenied");
    }

    @Test
    void aConnectionLostWhileScanningIsWaitedFor() throws Exception {
        scanUnder(Refusal.Kind.UNAVAILABLE, "callsUnavailable");
    }

    private void scanUnder(Refusal.Kind refusal, String metric) throws Exception {
        db.faults().stall("second pages", ScanStop.afterPages(db, 1));
        try (RunningJob job = job().start(replica)) {
            job.until("the job is admitted and scans", () -> replica.size() > 0);
            db.faults().refuseNext(REFUSED_SCANS, CallKind.SCAN, refusal);
            db.faults().releaseAll();
            job.until("the copy is complete", () -> replica.equalsTable(table));
            table.load(0, ITEMS, 2);
            job.until("the stream is read", () -> replica.equalsTable(table));
            assertRefused(job, metric, REFUSED_SCANS);
        }
        assertThat(replica.counts()).isEqualTo(Map.of(Operation.READ, (long) ITEMS, Operation.MODIFY, (long) ITEMS));
    }

    @Test
    void aPermissionLostWhileStreamingIsWaitedFor() throws Exception {
        streamUnder(Refusal.Kind.DENIED, "callsDenied");
    }

    @Test
    void aConnectionLostWhileStreamingIsWaitedFor() throws Exception {
        streamUnder(Refusal.Kind.UNAVAILABLE, "callsUnavailable");
    }

    /** Closes shards while their reads are refused. Only the answers of the shards themselves end the splits. */
    private void streamUnder(Refusal.Kind refusal, String metric) throws Exception {
        try (RunningJob job = job().start(replica)) {
            job.until("the copy is complete", () -> replica.equalsTable(table));
            table.load(0, ITEMS, 2);
            job.until("the stream is read", () -> replica.equalsTable(table));
            db.faults().refuseNext(REFUSED_READS, CallKind.RECORDS, refusal);
            db.faults().refuseNext(REFUSED_READS, CallKind.SHARD_ITERATOR, refusal);
            table.load(0, ITEMS, 3);
            table.stream().openShards().forEach(table.stream()::rollOver);
            table.load(0, ITEMS, 4);
            job.until("the replica equals the table", () -> replica.equalsTable(table));
            assertRefused(job, metric, 2 * REFUSED_READS);
        }
        assertThat(replica.count(Operation.MODIFY)).isEqualTo(3 * ITEMS);
    }

    @Test
    void aControlPlaneThatIsLostIsWaitedFor() throws Exception {
        try (RunningJob job = job().start(replica)) {
            job.until("the copy is complete", () -> replica.equalsTable(table));
            db.faults().refuseNext(3, CallKind.LIST_SHARDS, Refusal.Kind.DENIED);
            db.faults().refuseNext(3, CallKind.DESCRIBE_TABLE, Refusal.Kind.UNAVAILABLE);
            table.stream().openShards().forEach(table.stream()::rollOver);
            table.load(0, ITEMS, 2);
            job.until("the replica equals the table", () -> replica.equalsTable(table));
            job.until("every refusal is counted", () -> job.counter("failedControlCalls") == 6);
            assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
        }
    }

    private static void assertRefused(RunningJob job, String metric, long refusals) throws Exception {
        assertThat(job.counter(metric)).isEqualTo(refusals);
        assertThat(job.counter("numRecordsInErrors")).isZero();
        assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
    }

    /** Returns a job without restarts. If a refusal were a failure, the job would fail. */
    private ReplicaJob job() {
        return ReplicaJob.of(FLINK, db.register(), "orders").flink("restart-strategy.type", "none");
    }
}
