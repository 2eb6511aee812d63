/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.Stage.Assigned;
import io.dynamoreplica.flink.protocol.Stage.Coverage;
import io.dynamoreplica.flink.protocol.Stage.Ended;
import io.dynamoreplica.flink.protocol.Stage.Unassigned;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Every split of a table's current epoch and where it stands: the one place that knows what a
 * report of an end is worth.
 *
 * <p>Immutable; each change gives another ledger.
 */
public final class SplitLedger {

    public static final SplitLedger EMPTY = new SplitLedger(Map.of());

    private final Map<String, Entry> entries;

    /** A split as it was last known to the enumerator, and its stage. */
    public record Entry(ReplicationSplit split, Stage stage) {
        boolean isAssignedTo(int subtask) {
            return stage instanceof Assigned assigned && assigned.subtask() == subtask;
        }

        /** Who is known to have the split to read. */
        Optional<Integer> reader() {
            return stage instanceof Assigned assigned && assigned.subtask() != Stage.UNKNOWN_READER
                    ? Optional.of(assigned.subtask())
                    : Optional.empty();
        }

        Entry with(Stage newStage) {
            return new Entry(split, newStage);
        }
    }

    private SplitLedger(Map<String, Entry> entries) {
        this.entries = entries;
    }

    /**
     * The ledger as a restored checkpoint holds it. Reports in a checkpoint that completed are
     * covered by it; who has what is unknown until the readers say so.
     */
    public static SplitLedger restored(Collection<Entry> entries) {
        Map<String, Entry> restored = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Stage stage = entry.stage();
            if (stage instanceof Ended ended) {
                stage = Stage.covered(ended.subtask());
            } else if (stage instanceof Assigned) {
                stage = new Assigned(Stage.UNKNOWN_READER);
            }
            restored.put(entry.split().splitId(), entry.with(stage));
        }
        return new SplitLedger(Collections.unmodifiableMap(restored));
    }

    public Collection<Entry> entries() {
        return entries.values();
    }

    public Optional<Entry> find(String splitId) {
        return Optional.ofNullable(entries.get(splitId));
    }

    SplitLedger add(Collection<? extends ReplicationSplit> splits) {
        return edit(
                draft ->
                        splits.forEach(
                                split ->
                                        draft.put(
                                                split.splitId(),
                                                new Entry(split, Stage.UNASSIGNED))));
    }

    SplitLedger assign(Collection<? extends ReplicationSplit> splits, int subtask) {
        return edit(
                draft ->
                        splits.forEach(
                                split ->
                                        draft.put(
                                                split.splitId(),
                                                new Entry(split, new Assigned(subtask)))));
    }

    /**
     * Takes a reader's word for ends. What is not known, or not with this reader, is not its to
     * say.
     */
    SplitLedger ended(int subtask, Collection<? extends ReplicationSplit> splits) {
        return edit(
                draft ->
                        splits.forEach(
                                split ->
                                        draft.computeIfPresent(
                                                split.splitId(),
                                                (id, entry) ->
                                                        entry.isAssignedTo(subtask)
                                                                ? new Entry(
                                                                        split,
                                                                        Stage.reported(subtask))
                                                                : entry)));
    }

    /**
     * What a reader was restored with, which stands above whatever was known before: a split that
     * it still has to read is unfinished, a split that it finished has ended.
     */
    SplitLedger reported(
            int subtask,
            Collection<? extends ReplicationSplit> held,
            Collection<? extends ReplicationSplit> finished) {
        return edit(
                draft -> {
                    for (ReplicationSplit split : held) {
                        draft.computeIfPresent(
                                split.splitId(),
                                (id, entry) -> new Entry(split, new Assigned(subtask)));
                    }
                    for (ReplicationSplit split : finished) {
                        draft.computeIfPresent(
                                split.splitId(),
                                (id, entry) -> {
                                    boolean known =
                                            entry.stage() instanceof Ended ended
                                                    && ended.coverage() == Coverage.COVERED;
                                    return new Entry(
                                            split,
                                            known
                                                    ? Stage.covered(subtask)
                                                    : Stage.reported(subtask));
                                });
                    }
                });
    }

    /**
     * A reader fails: it goes back to the last completed checkpoint, alone. Its reports that no
     * completed checkpoint contains are void, and the splits assigned since then come back.
     */
    SplitLedger readerReset(int subtask, Collection<? extends ReplicationSplit> returned) {
        return mapEnds(
                        end ->
                                end.subtask() == subtask && end.coverage() != Coverage.COVERED
                                        ? new Assigned(subtask)
                                        : end)
                .edit(
                        draft -> {
                            for (ReplicationSplit split : returned) {
                                draft.computeIfPresent(
                                        split.splitId(),
                                        (id, entry) -> new Entry(split, Stage.UNASSIGNED));
                            }
                        });
    }

    SplitLedger checkpointStarted(long checkpointId) {
        return mapEnds(end -> end.checkpointStarted(checkpointId));
    }

    SplitLedger checkpointCompleted(long checkpointId) {
        return mapEnds(end -> end.checkpointCompleted(checkpointId));
    }

    /** Another stage for every split that has ended. */
    private SplitLedger mapEnds(Function<Ended, Stage> change) {
        return edit(
                draft ->
                        draft.replaceAll(
                                (id, entry) ->
                                        entry.stage() instanceof Ended end
                                                ? entry.with(change.apply(end))
                                                : entry));
    }

    /** Shards that no reader has will be read from the oldest record that the stream keeps. */
    SplitLedger fromOldestKept(Collection<String> splitIds, long proof) {
        return edit(
                draft ->
                        splitIds.forEach(
                                splitId ->
                                        draft.computeIfPresent(
                                                splitId,
                                                (id, entry) -> fromOldestKept(entry, proof))));
    }

    private static Entry fromOldestKept(Entry entry, long proof) {
        return entry.stage() instanceof Unassigned && entry.split() instanceof ShardSplit shard
                ? new Entry(
                        shard.at(ShardPosition.OLDEST_KEPT, proof, shard.dropBefore()),
                        entry.stage())
                : entry;
    }

    SplitLedger without(Collection<String> splitIds) {
        return edit(draft -> draft.keySet().removeAll(splitIds));
    }

    /** How many segments and shards wait to be given to a reader. */
    public long unassigned() {
        return splits(entry -> entry.stage() instanceof Unassigned).count();
    }

    Stream<ScanSplit> unassignedSegments() {
        return splits(entry -> entry.stage() instanceof Unassigned)
                .filter(ScanSplit.class::isInstance)
                .map(ScanSplit.class::cast);
    }

    Stream<ShardSplit> unassignedShards() {
        return splits(entry -> entry.stage() instanceof Unassigned)
                .filter(ShardSplit.class::isInstance)
                .map(ShardSplit.class::cast);
    }

    /** Whether the readers have said of every segment that it ended. */
    boolean everySegmentEnded() {
        return segments().allMatch(entry -> entry.stage() instanceof Ended);
    }

    /** The fence: whether every segment's end is in a completed checkpoint. */
    boolean everySegmentCovered() {
        return segments().allMatch(entry -> isCovered(entry.stage()));
    }

    /**
     * Splits that no reader has, although the enumerator gave them away; none of these while a
     * report is missing.
     */
    List<String> heldByNobody() {
        return splits(entry -> entry.isAssignedTo(Stage.UNKNOWN_READER))
                .map(ReplicationSplit::splitId)
                .toList();
    }

    /** What the enumerator thinks that a reader has to read. */
    List<String> assignedTo(int subtask) {
        return splits(entry -> entry.isAssignedTo(subtask)).map(ReplicationSplit::splitId).toList();
    }

    long segmentsWith(int subtask) {
        return segments().filter(entry -> entry.isAssignedTo(subtask)).count();
    }

    long shardsWith(int subtask) {
        return splits(entry -> entry.isAssignedTo(subtask))
                .filter(ShardSplit.class::isInstance)
                .count();
    }

    /** Splits whose end a reader said and may now forget. */
    Stream<Entry> covered() {
        return entries.values().stream().filter(entry -> isCovered(entry.stage()));
    }

    static boolean isCovered(Stage stage) {
        return stage instanceof Ended ended && ended.coverage() == Coverage.COVERED;
    }

    private Stream<Entry> segments() {
        return entries.values().stream().filter(entry -> entry.split() instanceof ScanSplit);
    }

    private Stream<ReplicationSplit> splits(Predicate<Entry> which) {
        return entries.values().stream().filter(which).map(Entry::split);
    }

    private SplitLedger edit(Consumer<Map<String, Entry>> change) {
        Map<String, Entry> draft = new LinkedHashMap<>(entries);
        change.accept(draft);
        return draft.equals(entries) ? this : new SplitLedger(Collections.unmodifiableMap(draft));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SplitLedger ledger && entries.equals(ledger.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    @Override
    public String toString() {
        return entries.values().toString();
    }
}
