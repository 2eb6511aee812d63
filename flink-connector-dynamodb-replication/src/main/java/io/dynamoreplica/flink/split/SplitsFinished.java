/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A message from a reader to the enumerator: everything in these splits has been emitted. A reader may
 * send it more than once.
 */
public record SplitsFinished(List<ReplicationSplit> splits) implements SourceEvent {
    public SplitsFinished {
        splits = List.copyOf(splits);
    }
}
