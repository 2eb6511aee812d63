/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation;

import io.dynamoreplica.flink.simulation.checker.AnnouncedEnds;
import io.dynamoreplica.flink.simulation.checker.BoundedCalls;
import io.dynamoreplica.flink.simulation.checker.Checker;
import io.dynamoreplica.flink.simulation.checker.Convergence;
import io.dynamoreplica.flink.simulation.checker.KeyOrder;
import io.dynamoreplica.flink.simulation.checker.Liveness;
import io.dynamoreplica.flink.simulation.checker.NoContradiction;
import io.dynamoreplica.flink.simulation.checker.NoFalseGap;
import io.dynamoreplica.flink.simulation.checker.NoSilentGap;
import io.dynamoreplica.flink.simulation.checker.OneReaderPerSplit;
import io.dynamoreplica.flink.simulation.checker.ParentsFirst;
import io.dynamoreplica.flink.simulation.checker.Resume;
import io.dynamoreplica.flink.simulation.checker.ScanBeforeStream;
import io.dynamoreplica.flink.simulation.engine.Dice;
import io.dynamoreplica.flink.simulation.engine.Job;
import io.dynamoreplica.flink.simulation.engine.Observation;
import io.dynamoreplica.flink.simulation.world.World;
import java.util.ArrayList;
import java.util.List;

/** A history of a job. Its seed decides everything in it. */
final class History {

    private final Dice dice;
    private final HistoryPlan plan;
    private final World world;
    private final Job job;
    private final List<Checker> checkers = List.of(
            new NoContradiction(),
            new NoFalseGap(),
            new NoSilentGap(),
            new ScanBeforeStream(),
            new AnnouncedEnds(),
            new ParentsFirst(),
            new KeyOrder(),
            new Resume(),
            new OneReaderPerSplit(),
            new BoundedCalls(),
            new Liveness(),
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
        Steps steps = new Steps(job, dice, plan.tempo(), this::say);
        job.begin(plan.parallelism());
        if (plan.tempo().headStart()) {
            steps.headStart();
        }
        for (int i = 0; i < plan.steps() && steps.routine().isRunning(); i++) {
            steps.step();
            checkers.forEach(checker -> checker.afterStep(job));
        }
        if (steps.routine().isRunning()) {
            say("calm");
            new Settling(job, dice, steps.routine()).settle();
        }
        if (steps.routine().isRunning()) {
            checkers.forEach(checker -> checker.atEnd(job));
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
