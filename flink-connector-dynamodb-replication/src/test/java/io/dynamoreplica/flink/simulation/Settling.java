/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation;

import io.dynamoreplica.flink.simulation.checker.Progress;
import io.dynamoreplica.flink.simulation.engine.Dice;
import io.dynamoreplica.flink.simulation.engine.Job;
import io.dynamoreplica.flink.simulation.engine.Move;
import java.util.Optional;
import java.util.function.Consumer;

/** The end of a history: nothing happens any more, and the job has all the time that it needs. */
final class Settling {

    private static final int ROUNDS = 60;

    /** In so many rounds with nothing to wait for, every open shard has been asked. */
    private static final int QUIET = 3;

    private final Job job;
    private final Dice dice;
    private final Consumer<String> log;

    Settling(Job job, Dice dice, Consumer<String> log) {
        this.job = job;
        this.dice = dice;
        this.log = log;
    }

    void settle() {
        log.accept("calm");
        job.world().calm();
        job.abortCheckpoint();
        int quiet = 0;
        long noticed = job.world().now() + timeToNotice();
        for (int round = 0; round < ROUNDS && isRunning(); round++) {
            if (quiet >= QUIET && job.world().now() > noticed) {
                break;
            }
            job.toReset().forEach(job::reset);
            work();
            checkpoint();
            quiet = isRunning() && Progress.waitsFor(job).isEmpty() ? quiet + 1 : 0;
            pass();
        }
        work();
    }

    /** Two discoveries, and the longest rest after calls that were refused. */
    private long timeToNotice() {
        return 2 * job.plan().rules().get(0).stream().discoveryMillis() + 60_000;
    }

    private boolean isRunning() {
        return job.coordinator().stopped().isEmpty();
    }

    private void work() {
        for (int i = 0; i < 100_000 && isRunning(); i++) {
            Optional<String> made = Move.any(job, dice);
            if (made.isEmpty()) {
                return;
            }
            log.accept(made.get());
        }
    }

    private void checkpoint() {
        if (isRunning() && job.mayBeginCheckpoint()) {
            log.accept("checkpoint " + job.beginCheckpoint(false));
            work();
            if (isRunning() && job.mayCompleteCheckpoint()) {
                job.completeCheckpoint(0, true);
            }
        }
    }

    private void pass() {
        long millis = 20_000 + dice.below(20_000);
        log.accept("time passes: " + millis + " ms");
        job.world().pass(millis);
    }
}
