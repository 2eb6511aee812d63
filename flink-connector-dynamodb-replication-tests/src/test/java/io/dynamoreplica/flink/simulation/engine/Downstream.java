/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.engine;

import io.dynamoreplica.flink.simulation.engine.Element.Barrier;
import io.dynamoreplica.flink.simulation.engine.Element.Change;
import io.dynamoreplica.flink.simulation.engine.Element.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The channels and the sinks downstream of the source. Each pair of subtasks has its own channel, and there is no
 * order between channels.
 *
 * <pre>
 *   KEYED      every source subtask reaches every sink, and the row's key selects the sink: one failover region
 *   FORWARD    every source subtask has its own sink: a failover region for each
 * </pre>
 */
public final class Downstream {

    /** How rows are spread over sinks. */
    public enum Exchange {
        KEYED,
        FORWARD
    }

    private final Exchange exchange;
    private final Collection<Integer> sources;
    private final Map<Integer, SinkTask> sinks = new TreeMap<>();
    private final Consumer<Observation> observer;
    private long applied;

    Downstream(Exchange exchange, Collection<Integer> sources, int keyedSinks, Consumer<Observation> observer) {
        this.exchange = exchange;
        this.sources = List.copyOf(sources);
        this.observer = observer;
        int number = exchange == Exchange.KEYED ? keyedSinks : sources.size();
        IntStream.range(0, number).forEach(subtask -> restore(subtask, Map.of()));
    }

    public Exchange exchange() {
        return exchange;
    }

    public Collection<SinkTask> sinks() {
        return sinks.values();
    }

    /** Returns the source subtasks that are in the same failover region as this one. */
    List<Integer> sourcesThatFailWith(int source) {
        return exchange == Exchange.KEYED ? List.copyOf(sources) : List.of(source);
    }

    private List<Integer> sinksThatFailWith(int source) {
        return exchange == Exchange.KEYED ? List.copyOf(sinks.keySet()) : List.of(source);
    }

    /** Takes the sinks of a region back to a checkpoint. The elements in their channels are lost. */
    void fail(int source, Optional<Checkpoint> to) {
        for (int sink : sinksThatFailWith(source)) {
            restore(sink, to.map(checkpoint -> checkpoint.sinks().get(sink)).orElse(Map.of()));
        }
    }

    /**
     * Takes all sinks back to a checkpoint and redistributes its rows. The number of sinks may differ.
     *
     * @return the checkpoint as these sinks would have made it
     */
    Checkpoint restoreAll(Checkpoint from) {
        Map<Integer, Map<Row, Replicated>> shares = new TreeMap<>();
        sinks.keySet().forEach(subtask -> shares.put(subtask, new HashMap<>()));
        all(from.sinks().values())
                .forEach((row, replicated) -> shares.get(sinkOf(0, row)).put(row, replicated));
        shares.forEach(this::restore);
        applied = replica().values().stream()
                .mapToLong(Replicated::appliedAt)
                .max()
                .orElse(0);
        return new Checkpoint(from.id(), from.tables(), from.readers(), shares);
    }

    private static Map<Row, Replicated> all(Collection<Map<Row, Replicated>> shares) {
        Map<Row, Replicated> all = new HashMap<>();
        shares.forEach(rows -> rows.forEach((row, held) -> all.merge(row, held, Replicated::later)));
        return all;
    }

    private void restore(int subtask, Map<Row, Replicated> rows) {
        Collection<Integer> inputs = exchange == Exchange.KEYED ? sources : List.of(subtask);
        sinks.put(subtask, new SinkTask(subtask, inputs, rows));
    }

    void emit(int source, Change change) {
        sinks.get(sinkOf(source, change.row())).receive(source, change);
    }

    private int sinkOf(int source, Row row) {
        return exchange == Exchange.KEYED ? Math.floorMod(row.hashCode(), sinks.size()) : source;
    }

    void barrier(int source, long checkpointId) {
        sinksThatFailWith(source).forEach(sink -> sinks.get(sink).receive(source, new Barrier(checkpointId)));
    }

    /** Returns the sinks that have an element to take. */
    List<SinkTask> ready() {
        List<SinkTask> ready = new ArrayList<>();
        for (SinkTask sink : sinks.values()) {
            if (!sink.ready().isEmpty()) {
                ready.add(sink);
            }
        }
        return ready;
    }

    void apply(SinkTask sink, Change change) {
        Optional<Replicated> before = find(change.row());
        observer.accept(new Observation.Applied(sink.subtask(), change, before));
        sink.put(change.row(), Replicated.after(before, change, ++applied));
    }

    /** Returns the row across all sinks. The change that was applied last counts. */
    public Optional<Replicated> find(Row row) {
        Optional<Replicated> found = Optional.empty();
        for (SinkTask sink : sinks.values()) {
            Optional<Replicated> here = sink.row(row);
            if (here.isPresent()) {
                found = found.map(other -> Replicated.later(other, here.get())).or(() -> here);
            }
        }
        return found;
    }

    /** Returns all rows, including removed ones. */
    public Map<Row, Replicated> replica() {
        return all(sinks.values().stream().map(SinkTask::rows).toList());
    }

    long inFlight() {
        return sinks.values().stream().mapToLong(SinkTask::inFlight).sum();
    }
}
