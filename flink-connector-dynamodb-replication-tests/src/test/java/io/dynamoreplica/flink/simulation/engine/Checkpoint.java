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
 * @param readers by subtask, each taken when its barrier passed
 * @param sinks by subtask, each taken when its last barrier arrived
 */
public record Checkpoint(
        long id,
        Map<String, TableState> tables,
        Map<Integer, ReaderState> readers,
        Map<Integer, Map<Row, Replicated>> sinks) {

    /**
     * The state of a reader.
     *
     * @param splits the splits in the reader's state
     * @param emitted the records that it has emitted; not state, but the truth for checkers
     */
    public record ReaderState(List<ReplicationSplit> splits, Emitted emitted) {
        static final ReaderState EMPTY = new ReaderState(List.of(), Emitted.NONE);
    }

    ReaderState reader(int subtask) {
        return readers.getOrDefault(subtask, ReaderState.EMPTY);
    }

    /** Tells whether this checkpoint ensures that no failure can take the end of the split back. */
    public boolean containsEndOf(String splitId) {
        return readers.values().stream().anyMatch(reader -> reader.emitted().hasEnded(splitId));
    }

    /** Returns the enumerator's state as it is restored from the bytes of the checkpoint. */
    Map<String, TableState> restoredTables() {
        try {
            EnumeratorStateSerializer serializer = new EnumeratorStateSerializer();
            byte[] bytes = serializer.serialize(new EnumeratorState(tables));
            return serializer.deserialize(serializer.getVersion(), bytes).tables();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the same checkpoint with the readers' state redistributed over another number of readers. */
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
