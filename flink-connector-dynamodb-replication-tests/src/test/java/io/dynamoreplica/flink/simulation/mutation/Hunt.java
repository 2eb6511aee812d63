/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.mutation;

import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/** A search that plays histories with one rule broken, until the mutation's checker reports it. */
final class Hunt {

    private final MutatedClasses classes = new MutatedClasses();
    private final String histories;

    /**
     * A history that found the mutation.
     *
     * @param seed of the history
     * @param said the checker's message, with its name first
     */
    record Find(long seed, String said) {}

    /**
     * @param histories the name of a class with a constructor without parameters; it plays the history of a seed
     *     and returns its violation, with the checker's name first, or an empty text
     */
    Hunt(String histories) {
        this.histories = histories;
    }

    /**
     * Returns the first find of the mutation's own checker; empty if there is none.
     *
     * @param seeds the number of histories to play
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
