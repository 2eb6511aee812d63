/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.mutation;

import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/** Plays histories with one rule broken, until its checker says so. */
final class Hunt {

    private final MutatedClasses classes = new MutatedClasses();
    private final String histories;

    /**
     * @param seed of the history that showed it
     * @param said what the checker said, its name first
     */
    record Find(long seed, String said) {}

    /**
     * @param histories name of a class with a constructor without parameters, which plays the
     *     history of a seed and returns what was wrong with it: the checker's name first, or
     *     nothing
     */
    Hunt(String histories) {
        this.histories = histories;
    }

    /**
     * The first find of the mutation's own checker; empty if it found nothing.
     *
     * @param seeds how many histories to play
     */
    Optional<Find> hunt(Mutation mutation, long seeds) {
        LongFunction<String> play = histories(classes.of(mutation));
        for (long seed = 1; seed <= seeds; seed++) {
            String said = play.apply(seed);
            if (said.startsWith(mutation.foundBy())) {
                return Optional.of(new Find(seed, said));
            }
        }
        return Optional.empty();
    }

    @SuppressWarnings("unchecked")
    private LongFunction<String> histories(Map<String, byte[]> mutated) {
        ClassLoader loader = new MutatedClassLoader(mutated, getClass().getClassLoader());
        try {
            return (LongFunction<String>)
                    loader.loadClass(histories).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot play " + histories, e);
        }
    }
}
