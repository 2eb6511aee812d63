/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing;

import java.util.LinkedHashSet;
import java.util.Set;

/** The classes of a sealed interface, so that a test can show that none is left out somewhere. */
public final class SealedKinds {

    /** Returns all classes that implement the sealed interface, directly or through another one. */
    public static Set<Class<?>> of(Class<?> sealed) {
        Set<Class<?>> kinds = new LinkedHashSet<>();
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isSealed()) {
                kinds.addAll(of(permitted));
            } else {
                kinds.add(permitted);
            }
        }
        return kinds;
    }

    private SealedKinds() {}
}
