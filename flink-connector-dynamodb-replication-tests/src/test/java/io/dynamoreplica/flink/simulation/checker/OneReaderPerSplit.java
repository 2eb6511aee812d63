/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.checker;

import io.dynamoreplica.flink.reader.cursor.SplitState;
import io.dynamoreplica.flink.simulation.engine.Job;
import io.dynamoreplica.flink.simulation.engine.ReaderTask;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.HashMap;
import java.util.Map;

/** The checker of assignments: no segment and no shard has two readers, in any epochs. */
public final class OneReaderPerSplit implements Checker {

    @Override
    public void afterStep(Job job) {
        Map<Object, Integer> readers = new HashMap<>();
        for (ReaderTask reader : job.readers()) {
            for (SplitState state : reader.toRead()) {
                Integer other = readers.put(what(state.split()), reader.subtask());
                expect(
                        other == null,
                        "readers "
                                + other
                                + " and "
                                + reader.subtask()
                                + " both have "
                                + state.split().splitId());
            }
        }
    }

    private static Object what(ReplicationSplit split) {
        return split instanceof ShardSplit shard ? shard.shard() : split.splitId();
    }
}
