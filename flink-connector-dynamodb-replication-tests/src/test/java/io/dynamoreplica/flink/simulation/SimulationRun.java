/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation;

import io.dynamoreplica.flink.simulation.checker.Violation;
import java.util.function.LongFunction;

/**
 * The entry point that plays the history of a seed. Another class loader can call it, because its signature has no
 * type of this project.
 */
public final class SimulationRun implements LongFunction<String> {

    /**
     * Plays the history and returns the promise that it breaks: first the name of the checker, then the log.
     * Returns an empty text if the history keeps every promise.
     */
    @Override
    public String apply(long seed) {
        History history = new History(seed);
        try {
            history.play();
            return "";
        } catch (Violation violation) {
            return violation.getMessage() + "\n" + String.join("\n", history.log());
        } catch (RuntimeException broken) {
            return "Exception: " + broken + "\n" + String.join("\n", history.log());
        }
    }
}
