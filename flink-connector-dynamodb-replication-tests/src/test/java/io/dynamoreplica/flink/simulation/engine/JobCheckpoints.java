/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.engine;

import io.dynamoreplica.flink.protocol.TableState;
import io.dynamoreplica.flink.simulation.engine.Checkpoint.ReaderState;
import io.dynamoreplica.flink.simulation.engine.Element.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The checkpoint or savepoint in progress, and the completed ones. Only one is in progress at a time, as by default
 * in Flink.
 */
public final class JobCheckpoints {

    /** The number of checkpoints to which a job can go back. */
    private static final int RETAINED = 6;

    private final List<Checkpoint> retained = new ArrayList<>();

    /** The checkpoint to which a failure goes back. It is never a savepoint. */
    private Optional<Checkpoint> latest = Optional.empty();

    private Optional<Pending> pending = Optional.empty();
    private long lastId;

    private static final class Pending {
        private final long id;
        private final boolean savepoint;
        private final Map<String, TableState> tables;
        private final Map<Integer, ReaderState> readers = new TreeMap<>();
        private final Map<Integer, Map<Row, Replicated>> sinks = new TreeMap<>();

        private Pending(long id, boolean savepoint, Map<String, TableState> tables) {
            this.id = id;
            this.savepoint = savepoint;
            this.tables = tables;
        }
    }

    long nextId() {
        return ++lastId;
    }

    void begin(long id, boolean savepoint, Map<String, TableState> tables) {
        pending = Optional.of(new Pending(id, savepoint, tables));
    }

    public boolean isUnderWay() {
        return pending.isPresent();
    }

    boolean isUnderWay(long id) {
        return pending.filter(under -> under.id == id).isPresent();
    }

    void readerTook(long id, int subtask, ReaderState state) {
        pending.filter(under -> under.id == id).ifPresent(under -> under.readers.put(subtask, state));
    }

    void sinkTook(long id, int subtask, Map<Row, Replicated> rows) {
        pending.filter(under -> under.id == id).ifPresent(under -> under.sinks.put(subtask, Map.copyOf(rows)));
    }

    boolean isTaken(int readers, int sinks) {
        return pending.filter(under -> under.readers.size() == readers && under.sinks.size() == sinks)
                .isPresent();
    }

    void abort() {
        pending = Optional.empty();
    }

    /**
     * Completes the checkpoint in progress.
     *
     * @return the checkpoint; empty for a savepoint, because nobody is notified of it
     */
    Optional<Checkpoint> complete() {
        Pending under = pending.orElseThrow();
        pending = Optional.empty();
        Checkpoint completed = new Checkpoint(under.id, under.tables, inOrder(under.readers), inOrder(under.sinks));
        retained.add(completed);
        if (retained.size() > RETAINED) {
            retained.remove(0);
        }
        if (under.savepoint) {
            return Optional.empty();
        }
        latest = Optional.of(completed);
        return latest;
    }

    /**
     * Returns a map in a fixed order. A map of {@code Map.copyOf} has another order in each JVM, which would give a
     * seed another history.
     */
    private static <T> Map<Integer, T> inOrder(Map<Integer, T> bySubtask) {
        return Collections.unmodifiableMap(new TreeMap<>(bySubtask));
    }

    public Optional<Checkpoint> latest() {
        return latest;
    }

    /** Returns the completed checkpoints and savepoints, oldest first. */
    public List<Checkpoint> retained() {
        return retained;
    }

    /** Notes the checkpoint from which the job was started. The job goes back to it if it fails now. */
    void restored(Checkpoint from) {
        pending = Optional.empty();
        latest = Optional.of(from);
    }
}
