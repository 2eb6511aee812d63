/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.checker;

import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.Phase;
import io.dynamoreplica.flink.protocol.TableRules;
import io.dynamoreplica.flink.protocol.TableState;
import io.dynamoreplica.flink.simulation.engine.Element.Change;
import io.dynamoreplica.flink.simulation.engine.Element.Place;
import io.dynamoreplica.flink.simulation.engine.Element.Row;
import io.dynamoreplica.flink.simulation.engine.Job;
import io.dynamoreplica.flink.simulation.engine.Observation;
import io.dynamoreplica.flink.simulation.engine.Replicated;
import io.dynamoreplica.flink.simulation.world.Truth;
import io.dynamoreplica.flink.simulation.world.Truth.StreamLife;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The checker of P2. No reader skips records that it has not read. No change of an item is missing between two
 * others. Finally, every change since the anchor was read from the current stream.
 */
public final class NoSilentGap implements Checker {

    private final IgnoredGaps ignored = new IgnoredGaps();

    @Override
    public void observe(Observation observation, Job job) {
        ignored.observe(observation);
        Truth truth = job.world().truth();
        if (observation instanceof Observation.Passing passing) {
            passing(
                    truth,
                    passing,
                    job.coordinator().tables().get(passing.split().table()));
        } else if (observation instanceof Observation.Ending ending && ending.split() instanceof ShardSplit shard) {
            expect(
                    shard.position() instanceof ShardPosition.OldestKept
                            || ignored.in(shard.table())
                            || !truth.isLost(shard.shard(), shard.position(), anchor(job, shard)),
                    shard.splitId() + " ends at " + shard.position() + " though more was lost");
            expect(truth.shard(shard.shard()).orElseThrow().isClosed(), shard.splitId() + " ends though it is open");
        } else if (observation instanceof Observation.Applied applied
                && applied.before().isPresent()
                && !mayPassOver(job, applied.change().row().table())) {
            applied(truth, applied.before().get(), applied.change());
        }
    }

    private static long anchor(Job job, ShardSplit shard) {
        return anchor(job.coordinator().tables().get(shard.table()), shard);
    }

    /** Returns the anchor. Records before it are in the copy, or the user did not ask for them. */
    private static long anchor(TableState table, ShardSplit shard) {
        return table.epoch() == shard.epoch() && table.phase().hasAnchor()
                ? table.stream().anchorTime()
                : (shard.epoch() + 1) * 1000;
    }

    /**
     * Tells whether the user allows the reader to pass over records: the job starts from the oldest record in the
     * stream, or continues from there.
     */
    private static boolean mayPassOver(Job job, String table) {
        TableRules rules = job.plan().rules(table);
        return rules.start() == StartupMode.EARLIEST_OFFSET || rules.stream().onGap() == GapPolicy.IGNORE;
    }

    private void passing(Truth truth, Observation.Passing passing, TableState table) {
        ShardSplit shard = passing.split();
        BigInteger number = new BigInteger(passing.record().sequenceNumber());
        String trimmed = truth.shard(shard.shard()).orElseThrow().lastTrimmed();
        boolean over = truth.isLost(shard.shard(), shard.position(), anchor(table, shard))
                && new BigInteger(trimmed).compareTo(number) < 0;
        expect(
                !over || shard.position() instanceof ShardPosition.OldestKept,
                shard.splitId() + " goes on at " + number + " though " + trimmed + " was lost");
        expect(
                !passing.dropped()
                        || table.epoch() != shard.epoch()
                        || table.phase() == Phase.WITHDRAWING
                        || passing.record().created().toEpochMilli()
                                < table.stream().anchorTime(),
                "a record of " + shard.splitId() + " is dropped that no copy can hold");
    }

    private void applied(Truth truth, Replicated before, Change change) {
        Optional<Place> earlier = before.furthest()
                .filter(known -> known.epoch() == change.epoch())
                .flatMap(Change::place);
        if (earlier.isEmpty() || change.isScanned()) {
            return;
        }
        for (Truth.Change made :
                truth.changes(change.row().table(), change.row().key())) {
            if (made.shard().isPresent()
                    && made.shard().get().streamArn().equals(earlier.get().streamArn())) {
                BigInteger number = new BigInteger(made.sequenceNumber());
                expect(
                        number.compareTo(earlier.get().number()) <= 0
                                || number.compareTo(change.place().orElseThrow().number()) >= 0,
                        change + " comes without the change before it, " + number);
            }
        }
    }

    @Override
    public void atEnd(Job job) {
        Set<Row> rows = new HashSet<>(job.downstream().replica().keySet());
        for (TableState table : job.coordinator().tables().values()) {
            if (table.start() == StartupMode.SNAPSHOT || ignored.in(table.table())) {
                continue;
            }
            job.world().contents(table.table()).keySet().forEach(key -> rows.add(new Row(table.table(), key)));
            List<StreamLife> streams = job.world().truth().streams(table.table());
            expect(
                    streams.get(streams.size() - 1)
                            .streamArn()
                            .equals(table.identity().streamArn()),
                    table.table() + " has a newer stream than the one that is read");
            rows.stream().filter(row -> row.table().equals(table.table())).forEach(row -> allRead(job, table, row));
        }
    }

    private void allRead(Job job, TableState table, Row row) {
        for (Truth.Change made : job.world().truth().changes(row.table(), row.key())) {
            if (made.shard().isPresent()
                    && made.shard().get().streamArn().equals(table.identity().streamArn())
                    && made.time() > table.stream().anchorTime()) {
                String splitId = ShardSplit.idOf(
                        table.table(), table.epoch(), made.shard().get().shardId());
                expect(
                        new BigInteger(made.sequenceNumber())
                                        .compareTo(job.emitted(splitId).last())
                                <= 0,
                        "change " + made.sequenceNumber() + " of " + splitId + " was never read");
            }
        }
    }
}
