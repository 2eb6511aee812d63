/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.checker;

import io.dynamoreplica.flink.reader.cursor.SplitState;
import io.dynamoreplica.flink.simulation.engine.Job;
import io.dynamoreplica.flink.simulation.engine.ReaderTask;
import io.dynamoreplica.flink.simulation.world.Truth.ShardLife;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The checker of the lineage, on which P3 depends. A shard is read after its parent was emitted completely. The
 * same reader reads it, unless no failure can take the parent's end back.
 */
public final class ParentsFirst implements Checker {

    /** Shards that were found in order. Neither their reader nor the fact that they are read changes later. */
    private final Set<String> checked = new HashSet<>();

    @Override
    public void afterStep(Job job) {
        for (ReaderTask reader : job.readers()) {
            for (SplitState state : reader.toRead()) {
                if (state.split() instanceof ShardSplit shard
                        && checked.add(reader.subtask() + " " + shard.splitId())) {
                    check(job, reader, shard);
                }
            }
        }
    }

    private void check(Job job, ReaderTask reader, ShardSplit shard) {
        Optional<String> parent = job.world()
                .truth()
                .shard(shard.shard())
                .flatMap(ShardLife::parent)
                .map(id -> ShardSplit.idOf(shard.table(), shard.epoch(), id));
        if (parent.isEmpty()) {
            return;
        }
        expect(!isRead(job, parent.get()), shard.splitId() + " is read while its parent is read");
        boolean ended = job.emitted(parent.get()).ended();
        boolean covered = job.checkpoints()
                .latest()
                .filter(checkpoint -> checkpoint.containsEndOf(parent.get()))
                .isPresent();
        boolean sameReader = reader.emitted().of(parent.get()).ended();
        expect(
                !ended || sameReader || covered,
                shard.splitId() + " has left the reader of its parent, whose end is not in a checkpoint");
    }

    private static boolean isRead(Job job, String splitId) {
        return job.readers().stream()
                .flatMap(reader -> reader.toRead().stream())
                .anyMatch(state -> state.split().splitId().equals(splitId));
    }
}
