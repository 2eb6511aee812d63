/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation;

import io.dynamoreplica.flink.simulation.checker.Liveness;
import io.dynamoreplica.flink.simulation.engine.Dice;
import io.dynamoreplica.flink.simulation.engine.Job;

/** The end of a history: the world has no more faults, and the job has all the time it needs. */
final class Settling {

    private static final int ROUNDS = 150;

    /** After this many rounds, the job waits for listings, and each of them may settle one loss. */
    private static final int SHORT_ROUNDS = 40;

    /** After this many rounds without anything to wait for, every open shard has been read. */
    private static final int QUIET = 3;

    /** After this time, every shard that was open has been closed. */
    private static final long TIME_TO_ROLL_OVER = 5 * 3_600_000L;

    private final Job job;
    private final Dice dice;
    private final Routine routine;

    Settling(Job job, Dice dice, Routine routine) {
        this.job = job;
        this.dice = dice;
        this.routine = routine;
    }

    void settle() {
        job.world().calm();
        job.abortCheckpoint();
        untilQuiet();
        if (job.plan().rules().stream().anyMatch(rule -> rule.stream().closedShardsOnly())) {
            for (int i = 0; i < 12 && routine.isRunning(); i++) {
                routine.pass(TIME_TO_ROLL_OVER / 12);
                routine.round();
            }
            untilQuiet();
        }
    }

    private void untilQuiet() {
        long noticed = job.world().now() + timeToNotice();
        int quiet = 0;
        for (int i = 0; i < ROUNDS && routine.isRunning(); i++) {
            routine.round();
            quiet = routine.isRunning() && Liveness.waitsFor(job).isEmpty() ? quiet + 1 : 0;
            if (quiet >= QUIET && job.world().now() > noticed) {
                return;
            }
            long millis = 20_000L + dice.below(20_000);
            routine.pass(i < SHORT_ROUNDS ? millis : millis + discoveryMillis());
        }
    }

    /** Returns the time of two discoveries, plus the longest rest after refused calls. */
    private long timeToNotice() {
        return 2 * discoveryMillis() + 60_000;
    }

    private long discoveryMillis() {
        return job.plan().rules().get(0).stream().discoveryMillis();
    }
}
