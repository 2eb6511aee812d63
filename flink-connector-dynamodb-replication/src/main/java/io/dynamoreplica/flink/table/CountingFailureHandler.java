/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.change.ChangeEvent;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The handler that lets values that do not fit become null. It counts each of them, and logs the first
 * one at each place of the declaration. Used by the task's thread only.
 */
final class CountingFailureHandler implements ConversionFailureHandler {

    private static final Logger LOG = LoggerFactory.getLogger(CountingFailureHandler.class);

    private final Counter lost;
    private final Set<String> logged = new HashSet<>();
    private ChangeEvent current;

    CountingFailureHandler(Counter lost) {
        this.lost = lost;
    }

    /** Names the event whose values are converted from now on. */
    void in(ChangeEvent event) {
        current = event;
    }

    @Override
    public void handle(String where, ConversionException why) {
        lost.inc();
        if (logged.add(where)) {
            LOG.warn(
                    "A value for column '{}' became null: {} Further values at this place are counted, not logged.",
                    where,
                    why.describe(current));
        }
    }
}
