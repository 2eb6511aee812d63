/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation;

import io.dynamoreplica.flink.simulation.checker.Progress;
import io.dynamoreplica.flink.simulation.engine.Dice;
import io.dynamoreplica.flink.simulation.engine.Job;

/** The end of a history: nothing happens any more, and the job has all the time that it needs. */
final class Settling {

    private static final int ROUNDS = 60;

    /** In so many rounds with nothing to wait for, every open shard has been asked. */
    private static final int QUIET = 3;

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
        long noticed = job.world().now() + timeToNotice();
        int quiet = 0;
        for (int i = 0; i < ROUNDS && routine.isRunning(); i++) {
            if (quiet >= QUIET && job.world().now() > noticed) {
                break;
            }
            routine.round();
            quiet = routine.isRunning() && Progress.waitsFor(job).isEmpty() ? quiet + 1 : 0;
            routine.pass(20_000L + dice.below(20_000));
        }
        routine.workUntilIdle();
    }

    /** Two discoveries, and the longest rest after calls that were refused. */
    private long timeToNotice() {
        return 2 * job.plan().rules().get(0).stream().discoveryMillis() + 60_000;
    }
}
