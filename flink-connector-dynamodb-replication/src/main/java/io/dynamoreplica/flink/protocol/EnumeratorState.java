/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The state that the enumerator keeps in a checkpoint.
 *
 * @param tables by name
 * @param retired the last epoch of each table that is no longer replicated, so that its epochs
 *     continue from there if the table comes back
 */
public record EnumeratorState(Map<String, TableState> tables, Map<String, Long> retired) {
    public EnumeratorState {
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
        retired = Collections.unmodifiableMap(new LinkedHashMap<>(retired));
    }

    /** Creates the state of a job from which no table was ever removed. */
    public EnumeratorState(Map<String, TableState> tables) {
        this(tables, Map.of());
    }
}
