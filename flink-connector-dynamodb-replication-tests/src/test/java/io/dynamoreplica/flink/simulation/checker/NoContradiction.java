/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.checker;

import io.dynamoreplica.flink.protocol.ProtocolAction.FailForContradiction;
import io.dynamoreplica.flink.simulation.engine.Job;
import io.dynamoreplica.flink.simulation.engine.Observation;

/** The checker of splits: no split gets lost, and Flink sees nothing that it treats as a failure. */
public final class NoContradiction implements Checker {

    @Override
    public void observe(Observation observation, Job job) {
        if (observation instanceof Observation.Acting acting) {
            expect(
                    !(acting.action() instanceof FailForContradiction),
                    acting.action().toString());
        } else if (observation instanceof Observation.Misused misused) {
            expect(false, misused.what());
        }
    }
}
