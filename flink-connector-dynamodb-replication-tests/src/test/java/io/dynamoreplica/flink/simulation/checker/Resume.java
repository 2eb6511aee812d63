/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.checker;

import io.dynamoreplica.flink.reader.cursor.SplitCall;
import io.dynamoreplica.flink.simulation.engine.Element.Change;
import io.dynamoreplica.flink.simulation.engine.Element.Place;
import io.dynamoreplica.flink.simulation.engine.Emitted;
import io.dynamoreplica.flink.simulation.engine.Job;
import io.dynamoreplica.flink.simulation.engine.Observation;
import io.dynamoreplica.flink.simulation.engine.Replicated;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardPosition;
import java.math.BigInteger;
import java.util.Optional;

/**
 * The checker of P4. No page and no record that is in the state is requested again, and none is emitted into a
 * state that already has it.
 */
public final class Resume implements Checker {

    @Override
    public void observe(Observation observation, Job job) {
        if (observation instanceof Observation.Called called) {
            called(job, called, job.emitted(called.split().splitId()));
        } else if (observation instanceof Observation.Passing passing) {
            BigInteger number = new BigInteger(passing.record().sequenceNumber());
            expect(
                    number.compareTo(job.emitted(passing.split().splitId()).last()) > 0,
                    number + " of " + passing.split().splitId() + " is emitted again");
        } else if (observation instanceof Observation.Applied applied) {
            applied(applied.change(), applied.before());
        }
    }

    private void called(Job job, Observation.Called called, Emitted.Of emitted) {
        String splitId = called.split().splitId();
        expect(!emitted.ended(), called.call().operation() + " for " + splitId + ", which ended");
        if (called.call() instanceof SplitCall.Scan scan) {
            ScanSplit asked = scan.request().split();
            expect(
                    !emitted.pages().contains(asked.position()),
                    "the page of " + splitId + " at " + asked.position() + " is scanned again");
        } else if (called.call() instanceof SplitCall.GetShardIterator get
                && !(get.position() instanceof ShardPosition.OldestKept)) {
            BigInteger from = get.position() instanceof ShardPosition.After after
                    ? new BigInteger(after.sequenceNumber())
                    : Emitted.BEFORE_ALL;
            expect(
                    from.compareTo(emitted.last()) >= 0 || isTrimmed(job, get, emitted),
                    splitId + " is read from " + get.position() + ", before " + emitted.last());
        }
    }

    /** Tells whether the stream begins after all records that were read, so that none is read again. */
    private static boolean isTrimmed(Job job, SplitCall.GetShardIterator get, Emitted.Of emitted) {
        return emitted.last().signum() > 0
                && get.position() instanceof ShardPosition.Beginning
                && job.world()
                        .truth()
                        .isLost(
                                get.shard(),
                                new ShardPosition.After(emitted.last().toString()));
    }

    private void applied(Change change, Optional<Replicated> before) {
        Optional<BigInteger> number = change.place().map(Place::number);
        boolean again = before.flatMap(Replicated::furthest)
                .filter(known -> known.epoch() == change.epoch())
                .flatMap(Change::place)
                .map(Place::number)
                .equals(number);
        expect(number.isEmpty() || !again, change + " is applied twice");
    }
}
