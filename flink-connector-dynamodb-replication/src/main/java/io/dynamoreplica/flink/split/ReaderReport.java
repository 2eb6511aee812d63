/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * The first message of every attempt of a reader to the enumerator: the splits with which the reader
 * was restored. A reader without splits sends an empty report, because some decisions wait until every
 * reader has reported.
 *
 * @param held splits that the reader still has to read
 * @param finished splits that were read to the end, and that the reader may not forget yet
 */
public record ReaderReport(List<ReplicationSplit> held, List<ReplicationSplit> finished) implements SourceEvent {
    public ReaderReport {
        held = List.copyOf(held);
        finished = List.copyOf(finished);
    }
}
