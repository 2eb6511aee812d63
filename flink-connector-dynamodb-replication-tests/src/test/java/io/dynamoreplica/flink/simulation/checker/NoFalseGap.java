/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.checker;

import static io.dynamoreplica.flink.simulation.world.Truth.NEVER;

import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.Gap;
import io.dynamoreplica.flink.protocol.Phase;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForGap;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForRepeatedLoss;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForSlowCopies;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoteGap;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ShardsListed;
import io.dynamoreplica.flink.protocol.SplitStatus;
import io.dynamoreplica.flink.protocol.TableRules;
import io.dynamoreplica.flink.protocol.TableState;
import io.dynamoreplica.flink.simulation.engine.Job;
import io.dynamoreplica.flink.simulation.engine.Observation;
import io.dynamoreplica.flink.simulation.world.Truth;
import io.dynamoreplica.flink.simulation.world.Truth.ShardLife;
import io.dynamoreplica.flink.simulation.world.Truth.StreamLife;
import io.dynamoreplica.flink.split.Shard;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The checker of reported gaps. At each gap, records were lost, a shard is gone, or the stream that is read has
 * ended. A gap by time alone needs 24 hours since the shard was opened. DynamoDB does not show when a shard was
 * opened, but it was after a listing that lacked the shard, and after the last record of its parent.
 */
public final class NoFalseGap implements Checker {

    private static final long RETENTION = 24 * 60 * 60_000L;

    /** The margin for the lag of listings and the difference of clocks. */
    private static final long MARGIN = 3 * 60_000L;

    /** The time by which a proof is taken earlier, because empty pages can arrive too late. */
    private static final long PROOF_MARGIN = 5 * 60_000L;

    /** After so many consecutive copies because of gaps, the job may fail as too slow. */
    private static final int COPIES = 3;

    /** By shard, the last listing before the first listing that showed it. */
    private final Map<ShardKey, Long> unlistedAt = new HashMap<>();

    /** The listings before the event that is being handled. */
    private Map<String, TableState> before = Map.of();

    private int losses;

    @Override
    public void observe(Observation observation, Job job) {
        if (observation instanceof Observation.Heard) {
            before = job.coordinator().tables();
        }
        if (observation instanceof Observation.Heard heard && heard.event() instanceof ShardsListed listing) {
            listed(job.coordinator().tables().get(listing.table()), listing);
        } else if (observation instanceof Observation.Acting acting) {
            acting(job, acting);
        }
    }

    /** Notes the listing. After a restore, a shard can be new once more, with an earlier listing before it. */
    private void listed(TableState before, ShardsListed listing) {
        Set<String> known = before.stream().lineage().nodes().stream()
                .map(node -> node.shard().shardId())
                .collect(Collectors.toSet());
        long previous = before.phase() == Phase.ANCHORING
                ? listing.time()
                : before.stream().lastListing();
        for (Shard shard : listing.shards()) {
            if (!known.contains(shard.shardId())) {
                unlistedAt.merge(
                        new ShardKey(listing.table(), listing.streamArn(), shard.shardId()), previous, Math::min);
            }
        }
    }

    private void acting(Job job, Observation.Acting acting) {
        if (acting.action() instanceof NoteGap note) {
            losses++;
            TableState table = job.coordinator().tables().get(note.table());
            expect(isOne(job, table, note.gap()), note.toString());
        } else if (acting.action() instanceof FailForGap stop) {
            TableState table = job.coordinator().tables().get(stop.table());
            expect(
                    table.phase() != Phase.DESCRIBING || job.world().truth().wasInterrupted(stop.table()),
                    stop.toString());
        } else if (acting.action() instanceof FailForSlowCopies slow) {
            expect(losses >= COPIES, slow.toString());
        } else if (acting.action() instanceof FailForRepeatedLoss loss) {
            expect(losses > loss.renewals(), loss.toString());
        }
    }

    private boolean isOne(Job job, TableState table, Gap gap) {
        String streamArn = table.identity().streamArn();
        Truth truth = job.world().truth();
        return switch (gap.cause()) {
            case REPLACED, DISABLED ->
                truth.streams(table.table()).stream()
                                .filter(life -> life.streamArn().equals(streamArn))
                                .anyMatch(StreamLife::isOver)
                        || everyChildIsOver(truth, streamArn, gap.shardId());
            case TRIMMED, AGED_OUT -> {
                ShardLife life = life(truth, table, gap.shardId()).orElseThrow();
                boolean read = job.emitted(idOf(table, life)).last().signum() >= 0;
                yield isLost(job, table, life)
                        || isOld(job, table, life)
                        || (read && life.times().gone() != NEVER);
            }
            case VANISHED -> {
                yield life(truth, table, gap.shardId())
                        .filter(ShardLife::isOver)
                        .isPresent();
            }
            case ORPHAN -> {
                yield !wasReadWhole(job, table, gap.shardId())
                        && (childIsBegun(truth, table, gap.shardId())
                                || life(truth, table, gap.shardId())
                                        .flatMap(ShardLife::parent)
                                        .flatMap(parent -> life(truth, table, parent))
                                        .filter(ShardLife::isOver)
                                        .isPresent());
            }
        };
    }

    /**
     * Tells whether the shard was read to its end. Then no record of it can be lost, and no child of it was begun
     * too early.
     */
    private static boolean wasReadWhole(Job job, TableState table, String shardId) {
        return job.emitted(ShardSplit.idOf(table.table(), table.epoch(), shardId))
                .ended();
    }

    /**
     * Tells whether a child is already being read. Then order can no longer be kept, because a listing has shown
     * the shard too late.
     */
    private boolean childIsBegun(Truth truth, TableState table, String shardId) {
        return truth.shards(table.identity().streamArn()).stream()
                .filter(life -> life.parent().filter(shardId::equals).isPresent())
                .map(life -> ShardSplit.idOf(
                        table.table(), table.epoch(), life.shard().shardId()))
                .flatMap(splitId -> before.get(table.table()).splits().find(splitId).stream())
                .anyMatch(entry -> !(entry.status() instanceof SplitStatus.Unassigned));
    }

    /**
     * Tells whether every child is over. Children that appeared and disappeared between two listings are lost, too.
     */
    private static boolean everyChildIsOver(Truth truth, String streamArn, String shardId) {
        List<ShardLife> children = truth.shards(streamArn).stream()
                .filter(life -> life.parent().filter(shardId::equals).isPresent())
                .toList();
        return !children.isEmpty() && children.stream().allMatch(ShardLife::isOver);
    }

    private static Optional<ShardLife> life(Truth truth, TableState table, String shardId) {
        return truth.shard(new ShardKey(table.table(), table.identity().streamArn(), shardId));
    }

    private boolean isOld(Job job, TableState table, ShardLife life) {
        return job.world().now() - openedAfter(job, table, life) >= RETENTION - MARGIN;
    }

    /** Returns the latest time that is known to be before the shard was opened, or before the anchor. */
    private long openedAfter(Job job, TableState table, ShardLife life) {
        Truth truth = job.world().truth();
        long unlisted = unlistedAt.get(life.shard());
        return life.parent()
                .flatMap(parent -> life(truth, table, parent))
                .filter(parent -> wasReadToItsEnd(job, table, parent))
                .map(parent -> Math.max(truth.lastChange(parent.shard()).orElse(0), openedAfter(job, table, parent)))
                .map(parent -> Math.max(unlisted, parent - PROOF_MARGIN))
                .orElse(unlisted);
    }

    /**
     * Tells whether the shard was read to its end. If the last records of a shard were trimmed and ignored, their
     * time is not known.
     */
    private static boolean wasReadToItsEnd(Job job, TableState table, ShardLife life) {
        return table.splits().find(idOf(table, life)).isPresent()
                && !job.world().truth().isLost(life.shard(), positionOf(job, table, life));
    }

    private static String idOf(TableState table, ShardLife life) {
        return ShardSplit.idOf(table.table(), table.epoch(), life.shard().shardId());
    }

    /**
     * Returns the time since which records are needed. Older records are in the copy, or were not requested.
     * Records of the last minutes before the anchor are read all the same; if none of them is dropped, all that
     * exist are read. A position after one of these says no more than any other position.
     */
    private static long neededSince(Job job, TableState table, ShardPosition position) {
        if (position instanceof ShardPosition.Beginning) {
            return table.stream().anchorTime();
        }
        TableRules rules = job.plan().rules(table.table());
        boolean drops =
                rules.start() == StartupMode.LATEST_OFFSET || rules.scan().consistentRead();
        return drops ? table.stream().anchorTime() - PROOF_MARGIN : 0;
    }

    private static boolean isLost(Job job, TableState table, ShardLife life) {
        ShardPosition position = positionOf(job, table, life);
        return job.world().truth().isLost(life.shard(), position, neededSince(job, table, position));
    }

    private static ShardPosition positionOf(Job job, TableState table, ShardLife life) {
        BigInteger last = job.emitted(idOf(table, life)).last();
        return last.signum() < 0 ? ShardPosition.BEGINNING : new ShardPosition.After(last.toString());
    }
}
