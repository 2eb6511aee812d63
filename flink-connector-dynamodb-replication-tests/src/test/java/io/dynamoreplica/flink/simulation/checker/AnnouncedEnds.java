/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.checker;

import io.dynamoreplica.flink.protocol.Phase;
import io.dynamoreplica.flink.protocol.ProtocolAction.SendEpochEnded;
import io.dynamoreplica.flink.protocol.SplitEntry;
import io.dynamoreplica.flink.protocol.TableState;
import io.dynamoreplica.flink.simulation.engine.Checkpoint;
import io.dynamoreplica.flink.simulation.engine.Job;
import io.dynamoreplica.flink.simulation.engine.Observation;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ScanSplit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The checker of epoch ends. No reader is told the end of a copy while a failure can still remove a page of the
 * copy from the sinks, and finally every reader was told. A job that only copies does not wait for a checkpoint;
 * there the pages must have been emitted.
 */
public final class AnnouncedEnds implements Checker {

    /** Segments that some reader has emitted completely. */
    private final Set<String> emitted = new HashSet<>();

    @Override
    public void observe(Observation observation, Job job) {
        if (observation instanceof Observation.Ending ending) {
            emitted.add(ending.split().splitId());
        } else if (observation instanceof Observation.Acting acting && acting.action() instanceof SendEpochEnded end) {
            announced(job, end);
        }
    }

    private void announced(Job job, SendEpochEnded end) {
        TableState table = job.coordinator().tables().get(end.table());
        String what = "the end of epoch " + end.epoch() + " of " + end.table() + " is said though ";
        expect(table.epoch() == end.epoch(), what + "the table is in another epoch");
        expect(segments(table).allMatch(emitted::contains), what + "segments are being read");
        if (onlyCopies(job)) {
            return;
        }
        expect(
                job.downstream().sinks().stream().noneMatch(sink -> sink.hasScannedInFlight(end.table(), end.epoch())),
                what + "scanned items have not reached the sinks");
        Optional<Checkpoint> latest = job.checkpoints().latest();
        Optional<String> open = segments(table)
                .filter(segment ->
                        latest.filter(to -> to.containsEndOf(segment)).isEmpty())
                .findFirst();
        expect(open.isEmpty(), what + "no checkpoint contains the end of " + open);
    }

    private static Stream<String> segments(TableState table) {
        return table.splits().entries().stream()
                .map(SplitEntry::split)
                .filter(ScanSplit.class::isInstance)
                .map(ReplicationSplit::splitId);
    }

    private static boolean onlyCopies(Job job) {
        return job.coordinator().tables().values().stream().allMatch(table -> table.phase() == Phase.DONE);
    }

    @Override
    public void atEnd(Job job) {
        for (TableState table : job.coordinator().tables().values()) {
            boolean complete = table.phase() == Phase.STREAMING || table.phase() == Phase.DONE;
            if (complete && table.start().scans()) {
                job.readers()
                        .forEach(reader -> expect(
                                reader.saidEndOf(table.table(), table.epoch()),
                                "reader "
                                        + reader.subtask()
                                        + " never said the end of epoch "
                                        + table.epoch()
                                        + " of "
                                        + table.table()));
            }
        }
    }
}
