/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.SplitStatus.Assigned;
import io.dynamoreplica.flink.protocol.SplitStatus.Coverage;
import io.dynamoreplica.flink.protocol.SplitStatus.Ended;
import io.dynamoreplica.flink.protocol.SplitStatus.Unassigned;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.annotation.Internal;

/**
 * Every split of a table's current epoch and where it stands: the one place that knows what a
 * report of an end is worth.
 *
 * <p>Immutable; each change gives another ledger.
 */
@Internal
public final class SplitLedger {

    public static final SplitLedger EMPTY = new SplitLedger(LedgerEntries.EMPTY);

    private final LedgerEntries entries;

    /** A split as it was last known to the enumerator, and its status. */
    public record Entry(ReplicationSplit split, SplitStatus status) {
        boolean isAssignedTo(int subtask) {
            return status instanceof Assigned assigned && assigned.subtask() == subtask;
        }

        /** Who is known to have the split to read. */
        Optional<Integer> reader() {
            return status instanceof Assigned assigned && assigned.subtask() != SplitStatus.UNKNOWN_READER
                    ? Optional.of(assigned.subtask())
                    : Optional.empty();
        }

        Entry with(SplitStatus newStage) {
            return new Entry(split, newStage);
        }
    }

    private SplitLedger(LedgerEntries entries) {
        this.entries = entries;
    }

    /**
     * The ledger as a restored checkpoint holds it. Reports in a checkpoint that completed are
     * covered by it; who has what is unknown until the readers say so.
     */
    public static SplitLedger restored(Collection<Entry> entries) {
        List<Entry> restored = new ArrayList<>();
        for (Entry entry : entries) {
            SplitStatus status = entry.status();
            if (status instanceof Ended ended) {
                status = SplitStatus.covered(ended.subtask());
            } else if (status instanceof Assigned) {
                status = new Assigned(SplitStatus.UNKNOWN_READER);
            }
            restored.add(entry.with(status));
        }
        return new SplitLedger(LedgerEntries.of(restored));
    }

    public Collection<Entry> entries() {
        return entries.all().toList();
    }

    public Optional<Entry> find(String splitId) {
        return entries.find(splitId);
    }

    SplitLedger add(Collection<? extends ReplicationSplit> splits) {
        return splits.isEmpty()
                ? this
                : new SplitLedger(LedgerEntries.of(Stream.concat(
                                entries.all(), splits.stream().map(split -> new Entry(split, SplitStatus.UNASSIGNED)))
                        .toList()));
    }

    SplitLedger assign(Collection<? extends ReplicationSplit> splits, int subtask) {
        return edit(draft -> splits.forEach(
                split -> draft.change(split.splitId(), entry -> new Entry(split, new Assigned(subtask)))));
    }

    /**
     * Takes a reader's word for ends. What is not known, or not with this reader, is not its to
     * say.
     */
    SplitLedger ended(int subtask, Collection<? extends ReplicationSplit> splits) {
        return edit(draft -> splits.forEach(split -> draft.change(
                split.splitId(),
                entry -> entry.isAssignedTo(subtask) ? new Entry(split, SplitStatus.reported(subtask)) : entry)));
    }

    /**
     * What a reader was restored with, which stands above whatever was known before: a split that
     * it still has to read is unfinished, a split that it finished has ended.
     */
    SplitLedger reported(
            int subtask, Collection<? extends ReplicationSplit> held, Collection<? extends ReplicationSplit> finished) {
        return edit(draft -> {
            for (ReplicationSplit split : held) {
                draft.change(split.splitId(), entry -> new Entry(split, new Assigned(subtask)));
            }
            for (ReplicationSplit split : finished) {
                draft.change(
                        split.splitId(),
                        entry -> new Entry(
                                split,
                                isCovered(entry.status())
                                        ? SplitStatus.covered(subtask)
                                        : SplitStatus.reported(subtask)));
            }
        });
    }

    /**
     * A reader fails: it goes back to the last completed checkpoint, alone. Its reports that no
     * completed checkpoint contains are void, and the splits assigned since then come back.
     */
    SplitLedger readerReset(int subtask, Collection<? extends ReplicationSplit> returned) {
        return mapEnds(end ->
                        end.subtask() == subtask && end.coverage() != Coverage.COVERED ? new Assigned(subtask) : end)
                .edit(draft -> {
                    for (ReplicationSplit split : returned) {
                        draft.change(split.splitId(), entry -> new Entry(split, SplitStatus.UNASSIGNED));
                    }
                });
    }

    SplitLedger checkpointStarted(long checkpointId) {
        return mapEnds(end -> end.checkpointStarted(checkpointId));
    }

    SplitLedger checkpointCompleted(long checkpointId) {
        return mapEnds(end -> end.checkpointCompleted(checkpointId));
    }

    /** Another stage for every split whose end no completed checkpoint contains. */
    private SplitLedger mapEnds(Function<Ended, SplitStatus> change) {
        return edit(draft -> draft.changeWhere(
                LedgerCounts::someUncovered,
                entry -> entry.status() instanceof Ended end ? entry.with(change.apply(end)) : entry));
    }

    /**
     * Changes what is known of shards that have not ended. A reader that has one of them goes on
     * with what it was given.
     */
    SplitLedger changeShards(Collection<String> splitIds, UnaryOperator<ShardSplit> change) {
        return edit(draft -> splitIds.forEach(splitId -> draft.change(splitId, entry -> changed(entry, change))));
    }

    private static Entry changed(Entry entry, UnaryOperator<ShardSplit> change) {
        return !(entry.status() instanceof Ended) && entry.split() instanceof ShardSplit shard
                ? new Entry(change.apply(shard), entry.status())
                : entry;
    }

    SplitLedger without(Collection<String> splitIds) {
        return splitIds.stream().noneMatch(splitId -> find(splitId).isPresent())
                ? this
                : new SplitLedger(LedgerEntries.of(entries.all()
                        .filter(entry -> !splitIds.contains(entry.split().splitId()))
                        .toList()));
    }

    /** How many segments and shards wait to be given to a reader. */
    public long unassigned() {
        return entries.counts().unassigned();
    }

    boolean hasUnassignedSegments() {
        return entries.counts().segments().unassigned() > 0;
    }

    Stream<ScanSplit> unassignedSegments() {
        return splits(counts -> counts.segments().unassigned() > 0, SplitLedger::isUnassigned)
                .filter(ScanSplit.class::isInstance)
                .map(ScanSplit.class::cast);
    }

    Stream<ShardSplit> unassignedShards() {
        return splits(counts -> counts.shards().unassigned() > 0, SplitLedger::isUnassigned)
                .filter(ShardSplit.class::isInstance)
                .map(ShardSplit.class::cast);
    }

    private static boolean isUnassigned(Entry entry) {
        return entry.status() instanceof Unassigned;
    }

    /** Whether the readers have said of every segment that it ended. */
    boolean everySegmentEnded() {
        return entries.counts().segments().haveEnded();
    }

    /** The fence: whether every segment's end is in a completed checkpoint. */
    boolean everySegmentCovered() {
        return entries.counts().segments().areCovered();
    }

    /**
     * Splits that no reader has, although the enumerator gave them away; none of these while a
     * report is missing.
     */
    List<String> heldByNobody() {
        return assignedTo(SplitStatus.UNKNOWN_READER);
    }

    /** What the enumerator thinks that a reader has to read. */
    List<String> assignedTo(int subtask) {
        return splits(LedgerCounts::someAssigned, entry -> entry.isAssignedTo(subtask))
                .map(ReplicationSplit::splitId)
                .toList();
    }

    /** By reader, how many segments it has to read. */
    Map<Integer, Long> segmentsByReader() {
        return byReader(counts -> counts.segments().assigned() > 0, ScanSplit.class);
    }

    /** By reader, how many shards it has to read. */
    Map<Integer, Long> shardsByReader() {
        return byReader(counts -> counts.shards().assigned() > 0, ShardSplit.class);
    }

    private Map<Integer, Long> byReader(Predicate<LedgerCounts> some, Class<? extends ReplicationSplit> kind) {
        return entries.where(some)
                .filter(entry -> kind.isInstance(entry.split()))
                .flatMap(entry -> entry.reader().stream())
                .collect(Collectors.groupingBy(reader -> reader, Collectors.counting()));
    }

    /** Splits whose end a reader said and may now forget, and could not before. */
    Stream<Entry> coveredSince(SplitLedger earlier) {
        return entries.changedSince(earlier.entries)
                .filter(entry -> isCovered(entry.status()) && !earlier.hasCovered(entry.split()));
    }

    private boolean hasCovered(ReplicationSplit split) {
        return find(split.splitId()).filter(entry -> isCovered(entry.status())).isPresent();
    }

    static boolean isCovered(SplitStatus status) {
        return status instanceof Ended ended && ended.coverage() == Coverage.COVERED;
    }

    private Stream<ReplicationSplit> splits(Predicate<LedgerCounts> some, Predicate<Entry> which) {
        return entries.where(some).filter(which).map(Entry::split);
    }

    private SplitLedger edit(Consumer<LedgerEntries.Draft> change) {
        LedgerEntries.Draft draft = entries.new Draft();
        change.accept(draft);
        LedgerEntries edited = draft.done();
        return edited == entries ? this : new SplitLedger(edited);
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
        return entries().toString();
    }
}
