/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.engine;

import io.dynamoreplica.flink.protocol.EnumeratorState;
import io.dynamoreplica.flink.protocol.TableState;
import io.dynamoreplica.flink.simulation.engine.Element.Row;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.state.EnumeratorStateSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A completed checkpoint.
 *
 * @param tables the enumerator's state, taken first
 * @param readers by subtask, each taken as its barrier passed
 * @param sinks by subtask, each taken as its last barrier came
 */
public record Checkpoint(
        long id,
        Map<String, TableState> tables,
        Map<Integer, ReaderState> readers,
        Map<Integer, Map<Row, Replicated>> sinks) {

    /**
     * @param splits what the reader keeps
     * @param emitted what it has emitted; no state, but the truth for checkers
     */
    public record ReaderState(List<ReplicationSplit> splits, Emitted emitted) {
        static final ReaderState EMPTY = new ReaderState(List.of(), Emitted.NONE);
    }

    ReaderState reader(int subtask) {
        return readers.getOrDefault(subtask, ReaderState.EMPTY);
    }

    /** Whether nobody can be taken back behind the end of this split by it. */
    public boolean containsEndOf(String splitId) {
        return readers.values().stream().anyMatch(reader -> reader.emitted().hasEnded(splitId));
    }

    /** The enumerator's state as it comes back from the bytes that a checkpoint keeps. */
    Map<String, TableState> restoredTables() {
        try {
            EnumeratorStateSerializer serializer = new EnumeratorStateSerializer();
            byte[] bytes = serializer.serialize(new EnumeratorState(tables));
            return serializer.deserialize(serializer.getVersion(), bytes).tables();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same with the readers' state spread over another number of them. */
    Checkpoint rescaled(int parallelism, Dice dice) {
        if (parallelism == readers.size()) {
            return this;
        }
        Map<Integer, List<ReplicationSplit>> shares = new TreeMap<>();
        for (int subtask = 0; subtask < parallelism; subtask++) {
            shares.put(subtask, new ArrayList<>());
        }
        Emitted all = Emitted.NONE;
        for (ReaderState reader : readers.values()) {
            all = all.and(reader.emitted());
            reader.splits().forEach(split -> shares.get(dice.below(parallelism)).add(split));
        }
        Map<Integer, ReaderState> rescaled = new TreeMap<>();
        Emitted everything = all;
        shares.forEach((subtask, splits) -> rescaled.put(subtask, new ReaderState(splits, everything)));
        return new Checkpoint(id, tables, rescaled, sinks);
    }
}
