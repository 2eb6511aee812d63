/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A message from the enumerator to a reader: a completed checkpoint of the enumerator contains the end
 * of these splits, so the reader can drop them from its state.
 */
public record ForgetFinished(List<String> splitIds) implements SourceEvent {
    public ForgetFinished {
        splitIds = List.copyOf(splitIds);
    }
}
