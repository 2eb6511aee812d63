/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation;

import io.dynamoreplica.flink.simulation.HistoryPlan.Tempo;
import io.dynamoreplica.flink.simulation.engine.Checkpoint;
import io.dynamoreplica.flink.simulation.engine.Dice;
import io.dynamoreplica.flink.simulation.engine.Job;
import io.dynamoreplica.flink.simulation.engine.ReaderTask;
import java.util.List;
import java.util.function.Consumer;

/** The steps of a history while the world has faults. */
final class Steps {

    private static final long SECOND = 1_000;
    private static final long HOUR = 3_600 * SECOND;

    private final Job job;
    private final Dice dice;
    private final Tempo tempo;
    private final Routine routine;
    private final Consumer<String> log;

    Steps(Job job, Dice dice, Tempo tempo, Consumer<String> log) {
        this.job = job;
        this.dice = dice;
        this.tempo = tempo;
        this.routine = new Routine(job, dice, log);
        this.log = log;
    }

    Routine routine() {
        return routine;
    }

    /** Runs the job without a failure for a while, with writes. */
    void headStart() {
        for (int i = dice.between(3, 8); i > 0 && routine.isRunning(); i--) {
            routine.round();
            happen();
            routine.pass(dice.span(60 * SECOND));
        }
    }

    void step() {
        routine.work(dice.oneIn(6) ? 300 : dice.below(1 + tempo.work()));
        if (!routine.isRunning()) {
            return;
        }
        int kind = dice.below(tempo.world() + tempo.time() + tempo.checkpoints() + tempo.faults());
        if (kind < tempo.world()) {
            happen();
        } else if (kind < tempo.world() + tempo.time()) {
            time();
        } else if (kind < tempo.world() + tempo.time() + tempo.checkpoints()) {
            checkpoint();
        } else {
            fault();
        }
    }

    private void happen() {
        log.accept(job.world().happen());
    }

    private void time() {
        if (dice.oneIn(12)) {
            runFor(dice.span(72 * HOUR), dice.between(4, 16));
        } else if (dice.oneIn(20)) {
            log.accept("nobody works");
            routine.pass(HOUR * dice.between(1, 40));
        } else {
            routine.pass(dice.span(dice.oneIn(4) ? HOUR : 30 * SECOND));
        }
    }

    /** Lets time pass while the job works normally. */
    private void runFor(long millis, int rounds) {
        for (int i = 0; i < rounds && routine.isRunning(); i++) {
            routine.pass(1 + millis / rounds);
            if (dice.oneIn(2)) {
                happen();
            }
            routine.round();
        }
    }

    private void checkpoint() {
        if (job.mayBeginCheckpoint()) {
            routine.beginCheckpoint(dice.oneIn(8));
        } else if (job.mayCompleteCheckpoint()) {
            routine.completeCheckpoint(dice.oneIn(3) ? dice.span(600 * SECOND) : 0, !dice.oneIn(8));
        } else if (job.checkpoints().isUnderWay() && dice.oneIn(6)) {
            log.accept("checkpoint is aborted");
            job.abortCheckpoint();
        }
    }

    private void fault() {
        List<Checkpoint> retained = job.checkpoints().retained();
        if (!job.toReset().isEmpty()) {
            int subtask = dice.any(job.toReset());
            log.accept("subtask " + subtask + " is reset");
            job.reset(subtask);
        } else if (retained.isEmpty() || dice.below(3) > 0) {
            ReaderTask reader = dice.any(job.readers());
            boolean noticed = dice.oneIn(2);
            log.accept("subtask " + reader.subtask() + " fails, noticed " + noticed);
            job.fail(reader.subtask(), noticed);
        } else {
            int parallelism = dice.between(1, 4);
            Checkpoint from = dice.oneIn(3) ? dice.any(retained) : retained.get(retained.size() - 1);
            log.accept("restore from " + from.id() + " at " + parallelism);
            job.restore(from, parallelism);
        }
    }
}
