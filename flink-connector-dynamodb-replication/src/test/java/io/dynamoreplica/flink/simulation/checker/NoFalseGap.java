/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.checker;

import io.dynamoreplica.flink.protocol.Gap;
import io.dynamoreplica.flink.protocol.Phase;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForGap;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForSlowCopies;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoteGap;
import io.dynamoreplica.flink.protocol.TableRules.Start;
import io.dynamoreplica.flink.protocol.TableState;
import io.dynamoreplica.flink.simulation.engine.Job;
import io.dynamoreplica.flink.simulation.engine.Observation;
import io.dynamoreplica.flink.simulation.world.Truth;
import io.dynamoreplica.flink.simulation.world.Truth.ShardLife;
import io.dynamoreplica.flink.simulation.world.Truth.StreamLife;
import io.dynamoreplica.flink.split.ShardSplit;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.math.BigInteger;
import java.util.Optional;

/**
 * A gap is one: records were lost, a shard is gone, or the stream that is read is over. By the
 * clock alone it is one once a shard has been there for the 24 hours that a stream keeps.
 */
public final class NoFalseGap implements Checker {

    private static final long RETENTION = 24 * 60 * 60_000L;

    /** How far a proof may lie before its shard: what listings lag, and how they are spaced. */
    private static final long PROOF_LAG = 10 * 60_000L;

    /** After so many copies in a row that were outrun, the job may say that it is too slow. */
    private static final int COPIES = 3;

    private int byAge;

    @Override
    public void observe(Observation observation, Job job) {
        if (!(observation instanceof Observation.Acting acting)) {
            return;
        }
        if (acting.action() instanceof NoteGap note) {
            TableState table = job.coordinator().tables().get(note.table());
            expect(isOne(job, table, note.gap()), note.toString());
        } else if (acting.action() instanceof FailForGap stop) {
            TableState table = job.coordinator().tables().get(stop.table());
            expect(
                    table.phase() != Phase.DESCRIBING
                            || job.world().truth().wasInterrupted(stop.table()),
                    stop.toString());
        } else if (acting.action() instanceof FailForSlowCopies slow) {
            expect(byAge >= COPIES, slow.toString());
        }
    }

    private boolean isOne(Job job, TableState table, Gap gap) {
        String streamArn = table.identity().streamArn();
        Truth truth = job.world().truth();
        return switch (gap.cause()) {
            case REPLACED, DISABLED ->
                    truth.streams(table.table()).stream()
                            .filter(life -> life.streamArn().equals(streamArn))
                            .anyMatch(StreamLife::isOver);
            case TRIMMED, AGED_OUT -> {
                byAge++;
                ShardLife life = life(truth, table, gap.shardId()).orElseThrow();
                yield life.isOver() || isOld(job, life) || isLost(job, table, life);
            }
            case VANISHED -> {
                byAge++;
                yield life(truth, table, gap.shardId()).filter(ShardLife::isOver).isPresent();
            }
            case ORPHAN -> {
                byAge++;
                yield table.start() == Start.EARLIEST
                        || life(truth, table, gap.shardId())
                                .flatMap(ShardLife::parent)
                                .flatMap(parent -> life(truth, table, parent))
                                .filter(ShardLife::isOver)
                                .isPresent();
            }
        };
    }

    private static Optional<ShardLife> life(Truth truth, TableState table, String shardId) {
        return truth.shard(new ShardKey(table.table(), table.identity().streamArn(), shardId));
    }

    private static boolean isOld(Job job, ShardLife life) {
        return job.world().now() - life.times().opened() >= RETENTION - PROOF_LAG;
    }

    private static boolean isLost(Job job, TableState table, ShardLife life) {
        String splitId = ShardSplit.idOf(table.table(), table.epoch(), life.shard().shardId());
        return !life.lastTrimmed().isEmpty()
                && new BigInteger(life.lastTrimmed()).compareTo(job.emitted(splitId).last()) > 0;
    }
}
