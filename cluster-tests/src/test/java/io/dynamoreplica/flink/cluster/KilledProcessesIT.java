/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A test with a table of 100,000 items that is written all the time, while processes of the cluster
 * are killed.
 */
@Timeout(900)
class KilledProcessesIT {

    @Test
    void theReplicaEqualsTheTableBySqlOnTheOldestFlink() throws Exception {
        ReplicationRun.tell("oldest", SqlReplication::inserting, run -> {
            survives(run, FlinkRelease.oldest(), FlinkRelease.oldest());
            assertThat(run.vertices()).anyMatch(KilledProcessesIT::normalizes);
        });
    }

    @Test
    void theReplicaEqualsTheTableBySqlOnTheNewestFlink() throws Exception {
        ReplicationRun.tell("newest", SqlReplication::direct, run -> {
            survives(run, FlinkRelease.newest(), FlinkRelease.newest());
            assertThat(run.vertices())
                    .as("source and sink in one vertex")
                    .noneMatch(KilledProcessesIT::normalizes)
                    .allMatch(vertex -> vertex.startsWith("Source:"));
        });
    }

    @Test
    void aPlanAndASavepointOfTheOldestFlinkGoOnOnTheNewestInTheMiddleOfTheCopy() throws Exception {
        ReplicationRun.tell("upgrade-sql", SqlReplication::planned, KilledProcessesIT::isUpgraded);
    }

    @Test
    void aSavepointOfADataStreamJobOnTheOldestFlinkGoesOnOnTheNewest() throws Exception {
        ReplicationRun.tell(
                "upgrade-datastream",
                DataStreamReplication::new,
                run -> survives(run, FlinkRelease.oldest(), FlinkRelease.newest()));
    }

    private static boolean normalizes(String vertex) {
        return vertex.contains("ChangelogNormalize");
    }

    /**
     * Checks that the replica equals the table after processes were killed while scanning and while
     * streaming.
     *
     * @param last the release that resumes from the last savepoint
     */
    private static void survives(ReplicationRun run, FlinkRelease first, FlinkRelease last) throws Exception {
        run.startFlink(first);
        run.loadTableAndKeepWriting();
        run.begin(4);

        run.awaitRows(15_000);
        run.killTaskManagerWhileScanning();
        run.awaitRows(35_000);
        run.stopWhileScanning();
        run.resume(3);

        run.awaitStream();
        run.killTaskManagerWhileStreaming();
        run.awaitStream();
        run.stopWhileStreaming();
        if (!last.equals(first)) {
            run.startFlink(last);
        }
        run.resume(4);
        run.awaitStream();
        run.stopWrites();

        run.awaitEquality();
        assertThat(run.copies()).as("copies of the table").isEqualTo(1);
        run.tamperWithTheReplica();
    }

    private static void isUpgraded(ReplicationRun run) throws Exception {
        run.startFlink(FlinkRelease.oldest());
        run.loadTableAndKeepWriting();
        run.begin(4);
        run.awaitRows(25_000);
        run.stopWhileScanning();

        run.startFlink(FlinkRelease.newest());
        run.resume(3);
        run.awaitStream();
        run.stopWrites();

        run.awaitEquality();
        assertThat(run.copies()).as("copies of the table").isEqualTo(1);
    }
}
