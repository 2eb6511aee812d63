/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A table of 100,000 items, written to all the time, while processes of the cluster are killed. */
@Timeout(900)
class KilledProcessesIT {

    @Test
    void theReplicaEqualsTheTableOnTheOldestFlink() throws Exception {
        try (ReplicationRun run = new ReplicationRun("oldest")) {
            tell(run, FlinkRelease.oldest(), FlinkRelease.oldest());
        }
    }

    @Test
    void theReplicaEqualsTheTableOnTheNewestFlink() throws Exception {
        try (ReplicationRun run = new ReplicationRun("newest")) {
            tell(run, FlinkRelease.newest(), FlinkRelease.newest());
        }
    }

    private static void tell(ReplicationRun run, FlinkRelease first, FlinkRelease second)
            throws Exception {
        run.startFlink(first);
        run.loadTableAndKeepWriting();
        run.begin(4);

        run.awaitRows(15_000);
        run.killTaskManagerWhileScanning();
        run.awaitRows(45_000);
        run.stopWhileScanning();
        run.resume(3);

        run.awaitStream();
        run.killTaskManagerWhileStreaming();
        run.awaitStream();
        run.stopWhileStreaming();
        if (!second.equals(first)) {
            run.startFlink(second);
        }
        run.resume(4);
        run.awaitStream();
        run.stopWrites();

        run.awaitEquality();
        assertThat(run.copies()).as("the table was copied").isEqualTo(1);
        run.tamperWithTheReplica();
    }
}
