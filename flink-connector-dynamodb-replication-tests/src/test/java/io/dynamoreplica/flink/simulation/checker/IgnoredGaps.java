/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.checker;

import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoteGap;
import io.dynamoreplica.flink.simulation.engine.Observation;
import java.util.HashSet;
import java.util.Set;

/** The tables with gaps that the user chose to ignore. These gaps must have been counted. */
final class IgnoredGaps {

    private final Set<String> tables = new HashSet<>();

    void observe(Observation observation) {
        if (observation instanceof Observation.Acting acting
                && acting.action() instanceof NoteGap note
                && note.policy() == GapPolicy.IGNORE) {
            tables.add(note.table());
        }
    }

    boolean in(String table) {
        return tables.contains(table);
    }
}
