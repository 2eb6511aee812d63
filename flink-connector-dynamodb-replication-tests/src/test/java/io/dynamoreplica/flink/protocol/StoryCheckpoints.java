/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.state.EnumeratorStateSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A model of Flink's checkpoints. The enumerator's snapshot is taken first. Messages that the enumerator sends
 * afterwards reach a reader after the barrier. When a reader goes back to a checkpoint, the splits assigned since
 * then are returned to the enumerator.
 */
final class StoryCheckpoints {

    private final Story story;
    private final TreeMap<Long, Snapshot> underWay = new TreeMap<>();

    /** Splits assigned before the checkpoint of this id began, and after the one before it. */
    private final TreeMap<Long, Map<Integer, List<ReplicationSplit>>> assigned = new TreeMap<>();

    private Optional<Snapshot> completed = Optional.empty();
    private long lastId;

    private static final class Snapshot {
        private final long id;
        private final byte[] enumerator;
        private final Map<Integer, List<ReplicationSplit>> readers = new TreeMap<>();
        private final Map<Integer, Set<String>> everFinished = new TreeMap<>();

        private Snapshot(long id, byte[] enumerator) {
            this.id = id;
            this.enumerator = enumerator;
        }

        private void take(int subtask, ReaderModel reader) {
            everFinished.put(subtask, Set.copyOf(reader.everFinished));
            readers.put(subtask, reader.barrier());
        }
    }

    StoryCheckpoints(Story story) {
        this.story = story;
    }

    /** Takes the snapshots of enumerator and readers. */
    long start() {
        long id = startEnumerator();
        story.readers.keySet().forEach(subtask -> barrier(id, subtask));
        return id;
    }

    /** Takes the enumerator's snapshot. The barriers have not arrived yet. */
    long startEnumerator() {
        long id = ++lastId;
        story.send(new ProtocolEvent.CheckpointStarted(id));
        underWay.put(id, new Snapshot(id, serialized()));
        story.readers.values().forEach(reader -> reader.behindBarrier = true);
        return id;
    }

    void barrier(long id, int subtask) {
        underWay.get(id).take(subtask, story.readers.get(subtask));
    }

    /** Completes a checkpoint. Its barriers must have reached all readers. */
    void complete(long id) {
        Snapshot snapshot = underWay.get(id);
        if (snapshot.readers.size() < story.readers.size()) {
            throw new AssertionError("Checkpoint " + id + " has not reached every reader");
        }
        completed = Optional.of(snapshot);
        underWay.headMap(id, true).clear();
        assigned.headMap(id, true).clear();
        story.send(new ProtocolEvent.CheckpointCompleted(id));
    }

    /** Ends a checkpoint like a savepoint: the enumerator is not notified, and no failure restores from it. */
    void abort(long id) {
        underWay.remove(id);
        story.readers.values().stream().filter(reader -> reader.behindBarrier).forEach(ReaderModel::barrier);
    }

    void abortAll() {
        List.copyOf(underWay.keySet()).forEach(this::abort);
    }

    boolean isUnderWay() {
        return !underWay.isEmpty();
    }

    void assigned(int subtask, List<ReplicationSplit> splits) {
        assigned.computeIfAbsent(lastId + 1, id -> new TreeMap<>())
                .computeIfAbsent(subtask, reader -> new ArrayList<>())
                .addAll(splits);
    }

    List<ReplicationSplit> assignedSince(int subtask) {
        List<ReplicationSplit> since = new ArrayList<>();
        assigned.values().forEach(bySubtask -> {
            List<ReplicationSplit> splits = bySubtask.remove(subtask);
            since.addAll(splits == null ? List.of() : splits);
        });
        return since;
    }

    boolean hasCompleted() {
        return completed.isPresent();
    }

    /** Tells whether no failure can take the end of this split back. */
    boolean containsEndOf(String splitId) {
        return completed.stream()
                .flatMap(snapshot -> snapshot.everFinished.values().stream())
                .anyMatch(finished -> finished.contains(splitId));
    }

    ReaderModel restoredReader(int subtask) {
        return completed
                .map(snapshot ->
                        ReaderModel.restored(snapshot.readers.get(subtask), snapshot.everFinished.get(subtask)))
                .orElseGet(ReaderModel::new);
    }

    void restore(int parallelism) {
        Snapshot from = completed.orElseThrow(() -> new AssertionError("No checkpoint completed"));
        underWay.clear();
        assigned.clear();
        story.reset(deserialized(from.enumerator), parallelism);
        List<ReplicationSplit> all =
                from.readers.values().stream().flatMap(List::stream).toList();
        Set<String> everFinished =
                from.everFinished.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        for (int subtask = 0; subtask < parallelism; subtask++) {
            List<ReplicationSplit> share = new ArrayList<>();
            for (int i = subtask; i < all.size(); i += parallelism) {
                share.add(all.get(i));
            }
            story.readers.put(subtask, ReaderModel.restored(share, everFinished));
        }
        Snapshot rescaled = new Snapshot(from.id, from.enumerator);
        story.readers.forEach(rescaled::take);
        completed = Optional.of(rescaled);
    }

    /** Starts from a savepoint of another job, with other rules. */
    void resumeFrom(Story other) {
        story.reset(deserialized(other.checkpoints.serialized()), other.readers.size());
        other.readers.forEach((subtask, reader) ->
                story.readers.put(subtask, ReaderModel.restored(reader.barrier(), reader.everFinished)));
    }

    private byte[] serialized() {
        try {
            return new EnumeratorStateSerializer().serialize(new EnumeratorState(story.tableStates()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, TableState> deserialized(byte[] bytes) {
        try {
            EnumeratorStateSerializer serializer = new EnumeratorStateSerializer();
            return serializer.deserialize(serializer.getVersion(), bytes).tables();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
