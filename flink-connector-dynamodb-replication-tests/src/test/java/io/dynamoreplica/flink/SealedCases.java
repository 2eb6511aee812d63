/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The check that a test has a sample of each case of a sealed type, so that no rule leaves a case out. */
public final class SealedCases {

    private SealedCases() {}

    /**
     * Returns the samples.
     *
     * @throws AssertionError naming the cases without a sample
     */
    @SafeVarargs
    public static <T> List<T> of(Class<T> sealed, T... samples) {
        Set<Class<?>> missing = kinds(sealed);
        for (T sample : samples) {
            missing.remove(sample.getClass());
        }
        if (!missing.isEmpty()) {
            throw new AssertionError(
                    "%s has cases without a sample: %s".formatted(sealed.getSimpleName(), new ArrayList<>(missing)));
        }
        return List.of(samples);
    }

    /** Returns all classes that implement the sealed interface, directly or through another one. */
    public static Set<Class<?>> kinds(Class<?> sealed) {
        Set<Class<?>> kinds = new LinkedHashSet<>();
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isSealed()) {
                kinds.addAll(kinds(permitted));
            } else {
                kinds.add(permitted);
            }
        }
        return kinds;
    }
}
