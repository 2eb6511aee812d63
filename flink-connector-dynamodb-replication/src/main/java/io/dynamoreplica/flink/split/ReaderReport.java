/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * Reader to enumerator, first message of every attempt: what the reader was restored with. An empty
 * report counts: nothing that depends on all readers happens before each has said one.
 *
 * @param held splits still to be read
 * @param finished splits read to the end, of which the enumerator has not yet said that it can do
 *     without the report
 */
@Internal
public record ReaderReport(List<ReplicationSplit> held, List<ReplicationSplit> finished) implements SourceEvent {
    public ReaderReport {
        held = List.copyOf(held);
        finished = List.copyOf(finished);
    }
}
