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
 * Lets values that do not fit become null: counts each, and tells in the log of the first at each
 * place of the declaration. Task's thread.
 */
final class CountingFailureHandler implements ConversionFailureHandler {

    private static final Logger LOG = LoggerFactory.getLogger(CountingFailureHandler.class);

    private final Counter lost;
    private final Set<String> toldOf = new HashSet<>();
    private ChangeEvent current;

    CountingFailureHandler(Counter lost) {
        this.lost = lost;
    }

    /** What is converted from now on belongs to this event. */
    void in(ChangeEvent event) {
        current = event;
    }

    @Override
    public void handle(String where, ConversionException why) {
        lost.inc();
        if (toldOf.add(where)) {
            LOG.warn(
                    "A value for column '{}' became null: {} Further ones at this place are counted, not logged.",
                    where,
                    why.describe(current));
        }
    }
}
