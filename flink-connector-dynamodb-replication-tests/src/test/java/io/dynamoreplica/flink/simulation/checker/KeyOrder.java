/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.checker;

import io.dynamoreplica.flink.simulation.engine.Element.Change;
import io.dynamoreplica.flink.simulation.engine.Element.Place;
import io.dynamoreplica.flink.simulation.engine.Job;
import io.dynamoreplica.flink.simulation.engine.Observation;
import io.dynamoreplica.flink.simulation.engine.Replicated;

/**
 * The checker of P3: the changes of an item reach the sinks in the order in which they were made, after
 * the image that was scanned, and after every record of an earlier epoch.
 */
public final class KeyOrder implements Checker {

    @Override
    public void observe(Observation observation, Job job) {
        if (observation instanceof Observation.Applied applied
                && applied.before().isPresent()) {
            check(applied.before().get(), applied.change());
        }
    }

    private void check(Replicated before, Change change) {
        expect(
                change.epoch() >= before.last().epoch(),
                change + " of epoch " + change.epoch() + " comes after " + before.last());
        if (before.furthest().isEmpty() || before.last().epoch() < change.epoch()) {
            return;
        }
        Change furthest = before.furthest().get();
        expect(!change.isScanned(), change + " comes after the stream's " + furthest);
        Place place = change.place().orElseThrow();
        boolean sameStream = furthest.place().orElseThrow().streamArn().equals(place.streamArn());
        expect(
                !sameStream || place.number().compareTo(before.furthestNumber()) >= 0,
                change + " comes after the newer " + furthest);
    }
}
