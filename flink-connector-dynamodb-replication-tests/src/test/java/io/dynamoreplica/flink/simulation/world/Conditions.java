/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.world;

import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The conditions that all parts of one world share: the dice, and the decisions open to them now. */
final class Conditions {

    private final Random dice;
    private WorldPlan plan;

    Conditions(Random dice, WorldPlan plan) {
        this.dice = dice;
        this.plan = plan;
    }

    WorldPlan plan() {
        return plan;
    }

    void calm() {
        plan = plan.calmed();
    }

    boolean happens(int percent) {
        return percent > 0 && dice.nextInt(100) < percent;
    }

    /** Returns a number from 0 to {@code bound - 1}; 0 for 0. */
    int below(int bound) {
        return bound == 0 ? 0 : dice.nextInt(bound);
    }

    /** Returns milliseconds from 0 to this number, both included. */
    long upTo(long millis) {
        return (long) (dice.nextDouble() * (millis + 1));
    }

    <T> T any(List<T> choice) {
        return choice.get(dice.nextInt(choice.size()));
    }

    <T> void shuffle(List<T> list) {
        Collections.shuffle(list, dice);
    }
}
