/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation;

import io.dynamoreplica.flink.simulation.checker.BoundedCalls;
import io.dynamoreplica.flink.simulation.checker.Checker;
import io.dynamoreplica.flink.simulation.checker.Convergence;
import io.dynamoreplica.flink.simulation.checker.HandOver;
import io.dynamoreplica.flink.simulation.checker.KeyOrder;
import io.dynamoreplica.flink.simulation.checker.NoContradiction;
import io.dynamoreplica.flink.simulation.checker.NoFalseGap;
import io.dynamoreplica.flink.simulation.checker.NoSilentGap;
import io.dynamoreplica.flink.simulation.checker.OneReaderPerSplit;
import io.dynamoreplica.flink.simulation.checker.ParentsFirst;
import io.dynamoreplica.flink.simulation.checker.Progress;
import io.dynamoreplica.flink.simulation.checker.Resume;
import io.dynamoreplica.flink.simulation.engine.Checkpoint;
import io.dynamoreplica.flink.simulation.engine.Dice;
import io.dynamoreplica.flink.simulation.engine.Job;
import io.dynamoreplica.flink.simulation.engine.Move;
import io.dynamoreplica.flink.simulation.engine.Observation;
import io.dynamoreplica.flink.simulation.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One history: a seed decides all of it. */
final class History {

    private final Dice dice;
    private final HistoryPlan plan;
    private final World world;
    private final Job job;
    private final List<Checker> checkers =
            List.of(
                    new NoContradiction(),
                    new NoFalseGap(),
                    new NoSilentGap(),
                    new HandOver(),
                    new ParentsFirst(),
                    new KeyOrder(),
                    new Resume(),
                    new OneReaderPerSplit(),
                    new BoundedCalls(),
                    new Progress(),
                    new Convergence());
    private final List<String> log = new ArrayList<>();

    History(long seed) {
        this.dice = new Dice(seed);
        this.plan = HistoryPlan.of(dice);
        this.world = new World(dice.fork(), plan.world());
        this.job = new Job(plan.job(), world, dice, this::observe);
        log.add(plan.toString());
    }

    List<String> log() {
        return log;
    }

    void play() {
        job.begin(plan.parallelism());
        for (int i = 0; i < plan.steps() && isRunning(); i++) {
            step();
            checkers.forEach(checker -> checker.afterStep(job));
        }
        if (isRunning()) {
            new Settling(job, dice, this::say).settle();
        }
        if (isRunning()) {
            checkers.forEach(checker -> checker.atEnd(job));
        }
    }

    private boolean isRunning() {
        return job.coordinator().stopped().isEmpty();
    }

    private void step() {
        work(dice.below(1 + plan.tempo().work()));
        HistoryPlan.Tempo tempo = plan.tempo();
        int kind = dice.below(tempo.world() + tempo.time() + tempo.checkpoints() + tempo.faults());
        if (kind < tempo.world()) {
            say(world.happen());
        } else if (kind < tempo.world() + tempo.time()) {
            pass();
        } else if (kind < tempo.world() + tempo.time() + tempo.checkpoints()) {
            checkpoint();
        } else {
            fault();
        }
    }

    private void work(int moves) {
        for (int i = 0; i < moves && isRunning(); i++) {
            Optional<String> made = Move.any(job, dice);
            if (made.isEmpty()) {
                return;
            }
            say(made.get());
        }
    }

    private void pass() {
        long most = dice.oneIn(20) ? 30 * 3_600_000L : dice.oneIn(4) ? 3_600_000 : 30_000;
        long millis = dice.span(most);
        say("time passes: " + millis + " ms");
        world.pass(millis);
    }

    private void checkpoint() {
        if (job.mayBeginCheckpoint()) {
            boolean savepoint = dice.oneIn(8);
            say((savepoint ? "savepoint " : "checkpoint ") + job.beginCheckpoint(savepoint));
        } else if (job.mayCompleteCheckpoint()) {
            boolean heard = !dice.oneIn(8);
            long delay = dice.oneIn(3) ? dice.span(600_000) : 0;
            say("checkpoint completes, heard " + heard + " after " + delay);
            job.completeCheckpoint(delay, heard);
        } else if (job.checkpoints().isUnderWay() && dice.oneIn(6)) {
            say("checkpoint is aborted");
            job.abortCheckpoint();
        }
    }

    private void fault() {
        if (!job.toReset().isEmpty()) {
            int subtask = dice.any(job.toReset());
            say("subtask " + subtask + " is reset");
            job.reset(subtask);
        } else if (dice.below(3) > 0) {
            int subtask = dice.any(job.readers()).subtask();
            boolean noticed = dice.oneIn(2);
            say("subtask " + subtask + " fails, noticed " + noticed);
            job.fail(subtask, noticed);
        } else if (!job.checkpoints().retained().isEmpty()) {
            Checkpoint from = dice.any(job.checkpoints().retained());
            int parallelism = dice.between(1, 4);
            say("restore from " + from.id() + " at " + parallelism);
            job.restore(from, parallelism);
        }
    }

    private void observe(Observation observation) {
        if (observation instanceof Observation.Acting acting) {
            say("  -> " + acting.action());
        }
        checkers.forEach(checker -> checker.observe(observation, job));
    }

    private void say(String what) {
        log.add(what);
    }
}
