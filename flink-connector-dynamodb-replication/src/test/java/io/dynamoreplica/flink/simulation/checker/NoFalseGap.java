/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.checker;

import io.dynamoreplica.flink.protocol.ProtocolAction.FailForGap;
import io.dynamoreplica.flink.protocol.ProtocolEvent;
import io.dynamoreplica.flink.protocol.ProtocolEvent.GapReported;
import io.dynamoreplica.flink.protocol.TableRules.Start;
import io.dynamoreplica.flink.protocol.TableState;
import io.dynamoreplica.flink.simulation.engine.Job;
import io.dynamoreplica.flink.simulation.engine.Observation;
import io.dynamoreplica.flink.simulation.world.Truth;
import io.dynamoreplica.flink.simulation.world.Truth.ShardLife;
import io.dynamoreplica.flink.simulation.world.Truth.StreamLife;
import io.dynamoreplica.flink.split.ShardSplit;

/**
 * A gap is one: records were lost, a shard is gone, or the stream that we read is over. By the
 * clock alone it is one once a shard has been there for the 24 hours that a stream keeps.
 */
public final class NoFalseGap implements Checker {

    private static final long RETENTION = 24 * 60 * 60_000L;

    /** How far a proof may lie before the shard: what listings can lag, and how they are spaced. */
    private static final long PROOF_LAG = 10 * 60_000L;

    private ProtocolEvent heard = new ProtocolEvent.Started();

    @Override
    public void observe(Observation observation, Job job) {
        if (observation instanceof Observation.Heard event) {
            heard = event.event();
        } else if (observation instanceof Observation.Acting acting
                && acting.action() instanceof FailForGap gap) {
            check(job, gap);
        }
    }

    private void check(Job job, FailForGap gap) {
        TableState table = job.coordinator().tables().get(gap.table());
        boolean justified =
                switch (gap.cause()) {
                    case REPLACED, DISABLED -> isOver(job.world().truth(), table);
                    case TRIMMED, AGED_OUT -> isTrimmed(job, table);
                    case VANISHED -> someShardIsOver(job.world().truth(), table);
                    case ORPHAN ->
                            table.start() == Start.EARLIEST
                                    || someShardIsOver(job.world().truth(), table);
                };
        expect(justified, gap.toString());
    }

    private static boolean isOver(Truth truth, TableState table) {
        return truth.streams(table.table()).stream()
                .filter(
                        life ->
                                !table.phase().hasAnchor()
                                        || life.streamArn().equals(table.identity().streamArn()))
                .anyMatch(StreamLife::isOver);
    }

    private boolean isTrimmed(Job job, TableState table) {
        Truth truth = job.world().truth();
        if (heard instanceof GapReported reported && reported.split() instanceof ShardSplit shard) {
            ShardLife life = truth.shard(shard.shard()).orElseThrow();
            return life.isOver()
                    || truth.isLost(shard.shard(), shard.position())
                    || isOld(job, life);
        }
        return truth.shards(table.identity().streamArn()).stream()
                .anyMatch(life -> isOld(job, life));
    }

    private static boolean isOld(Job job, ShardLife life) {
        return job.world().now() - life.times().opened() >= RETENTION - PROOF_LAG;
    }

    private static boolean someShardIsOver(Truth truth, TableState table) {
        return truth.shards(table.identity().streamArn()).stream().anyMatch(ShardLife::isOver);
    }
}
