/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.checker;

/** The error for a broken promise. */
public final class Violation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Violation(Checker checker, String what) {
        super(checker.getClass().getSimpleName() + ": " + what);
    }
}
