/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation;

import io.dynamoreplica.flink.simulation.engine.Dice;
import io.dynamoreplica.flink.simulation.engine.Job;
import io.dynamoreplica.flink.simulation.engine.Move;
import java.util.Optional;
import java.util.function.Consumer;

/** The steps of a job without faults. */
final class Routine {

    /** Far more than a job needs at one moment. Without this limit, a job that is never idle would run forever. */
    private static final int MOST_MOVES = 20_000;

    private final Job job;
    private final Dice dice;
    private final Consumer<String> log;

    Routine(Job job, Dice dice, Consumer<String> log) {
        this.job = job;
        this.dice = dice;
        this.log = log;
    }

    boolean isRunning() {
        return job.coordinator().stopped().isEmpty();
    }

    /** Makes up to this number of moves, and fewer if nothing is left to do. */
    void work(int moves) {
        for (int i = 0; i < moves && isRunning(); i++) {
            Optional<String> made = Move.any(job, dice);
            if (made.isEmpty()) {
                return;
            }
            log.accept(made.get());
        }
    }

    void workUntilIdle() {
        work(MOST_MOVES);
    }

    void pass(long millis) {
        log.accept("time passes: " + millis + " ms");
        job.world().pass(millis);
    }

    void beginCheckpoint(boolean savepoint) {
        log.accept((savepoint ? "savepoint " : "checkpoint ") + job.beginCheckpoint(savepoint));
    }

    /**
     * Completes the checkpoint.
     *
     * @param delay the time until the coordinator is notified
     * @param heard whether it is notified at all
     */
    void completeCheckpoint(long delay, boolean heard) {
        log.accept("checkpoint completes, heard " + heard + " after " + delay + " ms");
        job.completeCheckpoint(delay, heard);
    }

    /** Resets the subtasks that failed, makes all moves that are possible, and takes a checkpoint. */
    void round() {
        for (int subtask : job.toReset()) {
            if (isRunning()) {
                job.reset(subtask);
            }
        }
        workUntilIdle();
        if (isRunning() && job.mayBeginCheckpoint()) {
            beginCheckpoint(false);
        }
        workUntilIdle();
        if (isRunning() && job.mayCompleteCheckpoint()) {
            completeCheckpoint(0, true);
        }
    }
}
