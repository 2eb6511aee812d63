/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.annotation.Internal;

/**
 * What the enumerator keeps in a checkpoint.
 *
 * @param tables by name
 * @param retired the last epoch of each table that was replicated once and is not any more, so that
 *     its numbers go on should it come back
 */
@Internal
public record EnumeratorState(Map<String, TableState> tables, Map<String, Long> retired) {
    public EnumeratorState {
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
        retired = Collections.unmodifiableMap(new LinkedHashMap<>(retired));
    }

    /** No table was ever taken out. */
    public EnumeratorState(Map<String, TableState> tables) {
        this(tables, Map.of());
    }
}
