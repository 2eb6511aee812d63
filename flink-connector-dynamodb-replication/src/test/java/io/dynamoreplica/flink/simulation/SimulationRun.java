/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation;

import io.dynamoreplica.flink.simulation.checker.Violation;
import java.util.function.LongFunction;

/**
 * A history from its seed, for whoever loads these classes anew: no type of the project is in its
 * signature.
 */
public final class SimulationRun implements LongFunction<String> {

    /** What the history of this seed breaks, the name of the checker first; empty if it holds. */
    @Override
    public String apply(long seed) {
        try {
            new History(seed).play();
            return "";
        } catch (Violation violation) {
            return violation.getMessage();
        } catch (RuntimeException broken) {
            return "Exception: " + broken;
        }
    }
}
