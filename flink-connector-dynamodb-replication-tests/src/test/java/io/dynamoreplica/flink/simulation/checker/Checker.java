/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.checker;

import io.dynamoreplica.flink.simulation.engine.Job;
import io.dynamoreplica.flink.simulation.engine.Observation;

/** The checker of one promise. Each history has its own. */
public interface Checker {

    /** Observes an event before it takes effect. */
    default void observe(Observation observation, Job job) {}

    /** Checks the state after a step of the history. */
    default void afterStep(Job job) {}

    /** Checks the state at the end: the world has calmed down, and the job has had the time to read everything. */
    default void atEnd(Job job) {}

    /** Fails the history if the condition does not hold. */
    default void expect(boolean holds, String otherwise) {
        if (!holds) {
            throw new Violation(this, otherwise);
        }
    }
}
