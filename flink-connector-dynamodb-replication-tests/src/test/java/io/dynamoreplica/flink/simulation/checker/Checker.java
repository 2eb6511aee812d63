/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.checker;

import io.dynamoreplica.flink.simulation.engine.Job;
import io.dynamoreplica.flink.simulation.engine.Observation;

/** The checker of one promise. Each history has its own. */
public interface Checker {

    /** Something is about to happen. */
    default void observe(Observation observation, Job job) {}

    /** A step of the history is over. */
    default void afterStep(Job job) {}

    /** The world has calmed down, and the job has had the time to read everything. */
    default void atEnd(Job job) {}

    /** The history cannot go on from here. */
    default void expect(boolean holds, String otherwise) {
        if (!holds) {
            throw new Violation(this, otherwise);
        }
    }
}
