/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.checker;

import io.dynamoreplica.flink.protocol.SplitEntry;
import io.dynamoreplica.flink.protocol.TableState;
import io.dynamoreplica.flink.simulation.engine.Checkpoint;
import io.dynamoreplica.flink.simulation.engine.Job;
import io.dynamoreplica.flink.simulation.engine.Observation;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.Optional;

/**
 * The checker of the fence. No record of the stream is emitted while an item of the same copy has not reached its
 * sink, or while a failure can cause a segment to be read again.
 */
public final class ScanBeforeStream implements Checker {

    @Override
    public void observe(Observation observation, Job job) {
        if (observation instanceof Observation.Passing passing) {
            ShardSplit shard = passing.split();
            TableState table = job.coordinator().tables().get(shard.table());
            if (table.epoch() == shard.epoch() && table.start().scans()) {
                check(job, table, shard);
            }
        }
    }

    private void check(Job job, TableState table, ShardSplit shard) {
        expect(
                job.downstream().sinks().stream()
                        .noneMatch(sink -> sink.hasScannedInFlight(table.table(), table.epoch())),
                shard.splitId() + " is read while scanned items have not reached the sinks");
        Optional<Checkpoint> latest = job.checkpoints().latest();
        Optional<String> open = table.splits().entries().stream()
                .map(SplitEntry::split)
                .filter(ScanSplit.class::isInstance)
                .map(ReplicationSplit::splitId)
                .filter(segment ->
                        latest.filter(to -> to.containsEndOf(segment)).isEmpty())
                .findFirst();
        expect(open.isEmpty(), shard.splitId() + " is read though no checkpoint contains the end of " + open);
    }
}
