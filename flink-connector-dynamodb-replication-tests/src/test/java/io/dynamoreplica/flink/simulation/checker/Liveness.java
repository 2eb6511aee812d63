/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.checker;

import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.Phase;
import io.dynamoreplica.flink.protocol.SplitStatus;
import io.dynamoreplica.flink.protocol.TableState;
import io.dynamoreplica.flink.simulation.engine.Job;
import io.dynamoreplica.flink.simulation.world.Truth.ShardLife;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ShardSplit;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The checker of progress: finally all tables are copied, and every open shard has a reader. */
public final class Liveness implements Checker {

    @Override
    public void atEnd(Job job) {
        expect(waitsFor(job).isEmpty(), waitsFor(job).orElse(""));
    }

    /** Returns the work that is left before the job only polls open shards. */
    public static Optional<String> waitsFor(Job job) {
        if (!job.isIdle()) {
            return Optional.of("something is under way");
        }
        Set<ShardKey> read = job.readers().stream()
                .flatMap(reader -> reader.toRead().stream())
                .map(state -> (ReplicationSplit) state.split())
                .filter(ShardSplit.class::isInstance)
                .map(split -> ((ShardSplit) split).shard())
                .collect(Collectors.toSet());
        return job.coordinator().tables().values().stream()
                .flatMap(table -> waitsFor(job, table, read).stream())
                .findFirst();
    }

    private static Optional<String> waitsFor(Job job, TableState table, Set<ShardKey> read) {
        if (table.start() == StartupMode.SNAPSHOT) {
            return table.phase() == Phase.DONE
                    ? Optional.empty()
                    : Optional.of(table.table() + " is still " + table.phase());
        }
        if (table.phase() != Phase.STREAMING) {
            return Optional.of(table.table() + " is still " + table.phase());
        }
        boolean closedOnly = job.plan().rules(table.table()).stream().closedShardsOnly();
        return job.world().truth().shards(table.identity().streamArn()).stream()
                .filter(life -> !read.contains(life.shard()))
                .filter(life -> closedOnly ? isToBeRead(table, life) : !life.isClosed())
                .findFirst()
                .map(life -> life.shard().shardId() + " is not read");
    }

    /** Tells whether a closed shard waits for a reader. */
    private static boolean isToBeRead(TableState table, ShardLife life) {
        String splitId =
                ShardSplit.idOf(table.table(), table.epoch(), life.shard().shardId());
        return life.isClosed()
                && table.splits()
                        .find(splitId)
                        .filter(entry -> entry.status() instanceof SplitStatus.Unassigned)
                        .isPresent();
    }
}
