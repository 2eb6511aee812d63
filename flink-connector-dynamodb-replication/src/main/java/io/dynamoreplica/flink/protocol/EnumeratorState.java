/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the enumerator keeps in a checkpoint.
 *
 * @param tables by name
 */
public record EnumeratorState(Map<String, TableState> tables) {
    public EnumeratorState {
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }
}
