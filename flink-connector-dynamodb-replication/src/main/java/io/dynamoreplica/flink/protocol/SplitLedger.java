/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.LedgerEntries.Draft;
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
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The splits of a table's current epoch, each with its status.
 *
 * <p>Immutable; each change gives another ledger.
 */
public final class SplitLedger {

    public static final SplitLedger EMPTY = new SplitLedger(LedgerEntries.EMPTY);

    private final LedgerEntries entries;

    private SplitLedger(LedgerEntries entries) {
        this.entries = entries;
    }

    /**
     * Restores the ledger from a checkpoint. The checkpoint has completed, so it covers the reports
     * in it. Which reader has a split is unknown until the readers report.
     */
    public static SplitLedger restored(Collection<SplitEntry> entries) {
        List<SplitEntry> restored = new ArrayList<>();
        for (SplitEntry entry : entries) {
            restored.add(entry.with(restored(entry.status())));
        }
        return new SplitLedger(LedgerEntries.of(restored));
    }

    private static SplitStatus restored(SplitStatus status) {
        if (status instanceof Ended ended) {
            return SplitStatus.covered(ended.subtask());
        } else if (status instanceof Assigned) {
            return new Assigned(SplitStatus.UNKNOWN_READER);
        } else if (status instanceof Unassigned) {
            return status;
        }
        throw new IllegalStateException("No rule restores the status %s".formatted(status));
    }

    public Collection<SplitEntry> entries() {
        return entries.all().toList();
    }

    public Optional<SplitEntry> find(String splitId) {
        return entries.find(splitId);
    }

    SplitLedger add(Collection<? extends ReplicationSplit> splits) {
        if (splits.isEmpty()) {
            return this;
        }
        List<SplitEntry> all = new ArrayList<>(entries());
        for (ReplicationSplit split : splits) {
            all.add(new SplitEntry(split, SplitStatus.UNASSIGNED));
        }
        return new SplitLedger(LedgerEntries.of(all));
    }

    SplitLedger assign(Collection<? extends ReplicationSplit> splits, int subtask) {
        Draft draft = entries.draft();
        for (ReplicationSplit split : splits) {
            draft.replace(new SplitEntry(split, new Assigned(subtask)));
        }
        return with(draft);
    }

    /** Notes the ends that a reader reports. Ignores splits that are not assigned to this reader. */
    SplitLedger ended(int subtask, Collection<? extends ReplicationSplit> splits) {
        Draft draft = entries.draft();
        for (ReplicationSplit split : splits) {
            SplitEntry end = new SplitEntry(split, SplitStatus.reported(subtask));
            draft.change(split.splitId(), entry -> entry.isAssignedTo(subtask) ? end : entry);
        }
        return with(draft);
    }

    /**
     * Takes over what a reader was restored with. The report replaces whatever was known before: a
     * split that the reader still has to read is unfinished, and a split that it has finished has
     * ended.
     */
    SplitLedger reported(
            int subtask, Collection<? extends ReplicationSplit> held, Collection<? extends ReplicationSplit> finished) {
        Draft draft = entries.draft();
        for (ReplicationSplit split : held) {
            draft.replace(new SplitEntry(split, new Assigned(subtask)));
        }
        for (ReplicationSplit split : finished) {
            draft.change(split.splitId(), entry -> {
                boolean covered = entry.status().isCovered();
                return new SplitEntry(split, covered ? SplitStatus.covered(subtask) : SplitStatus.reported(subtask));
            });
        }
        return with(draft);
    }

    /**
     * Goes back with a reader that failed: that reader alone returns to the last completed
     * checkpoint. Its reports that no completed checkpoint contains become void, and the splits that
     * were assigned since then come back.
     */
    SplitLedger readerReset(int subtask, Collection<? extends ReplicationSplit> returned) {
        SplitLedger reset = mapEnds(
                end -> end.subtask() == subtask && end.coverage() != Coverage.COVERED ? new Assigned(subtask) : end);
        Draft draft = reset.entries.draft();
        for (ReplicationSplit split : returned) {
            draft.replace(new SplitEntry(split, SplitStatus.UNASSIGNED));
        }
        return reset.with(draft);
    }

    SplitLedger checkpointStarted(long checkpointId) {
        return mapEnds(end -> end.checkpointStarted(checkpointId));
    }

    SplitLedger checkpointCompleted(long checkpointId) {
        return mapEnds(end -> end.checkpointCompleted(checkpointId));
    }

    /** Changes the status of splits that have ended. Passes over chunks in which all is covered. */
    private SplitLedger mapEnds(Function<Ended, SplitStatus> change) {
        Draft draft = entries.draft();
        draft.changeWhere(
                LedgerCounts::someUncovered,
                entry -> entry.status() instanceof Ended end ? entry.with(change.apply(end)) : entry);
        return with(draft);
    }

    /**
     * Changes shards that have not ended. A reader that already has one of them keeps its own
     * version of the split.
     */
    SplitLedger changeShards(Collection<String> splitIds, UnaryOperator<ShardSplit> change) {
        Draft draft = entries.draft();
        for (String splitId : splitIds) {
            draft.change(splitId, entry -> changed(entry, change));
        }
        return with(draft);
    }

    private static SplitEntry changed(SplitEntry entry, UnaryOperator<ShardSplit> change) {
        return !entry.hasEnded() && entry.split() instanceof ShardSplit shard ? entry.with(change.apply(shard)) : entry;
    }

    SplitLedger without(Collection<String> splitIds) {
        if (splitIds.stream().noneMatch(splitId -> find(splitId).isPresent())) {
            return this;
        }
        List<SplitEntry> rest = new ArrayList<>(entries());
        rest.removeIf(entry -> splitIds.contains(entry.split().splitId()));
        return new SplitLedger(LedgerEntries.of(rest));
    }

    /** Returns the number of segments and shards that wait for a reader. */
    public long unassigned() {
        return entries.counts().unassigned();
    }

    /** Returns the number of segments. */
    public int segments() {
        return entries.counts().segments().all();
    }

    /** Returns the number of segments that have ended. */
    int endedSegments() {
        return entries.counts().segments().ended();
    }

    /** Returns the number of segments that wait for a reader. */
    public int waitingSegments() {
        return entries.counts().segments().unassigned();
    }

    boolean hasUnassignedSegments() {
        return waitingSegments() > 0;
    }

    Stream<ScanSplit> unassignedSegments() {
        return splits(counts -> counts.segments().unassigned() > 0, SplitEntry::isUnassigned)
                .filter(ScanSplit.class::isInstance)
                .map(ScanSplit.class::cast);
    }

    Stream<ShardSplit> unassignedShards() {
        return splits(counts -> counts.shards().unassigned() > 0, SplitEntry::isUnassigned)
                .filter(ShardSplit.class::isInstance)
                .map(ShardSplit.class::cast);
    }

    /** Returns whether the readers have reported the end of every segment. */
    boolean everySegmentEnded() {
        return entries.counts().segments().haveEnded();
    }

    /** Returns whether a completed checkpoint contains the end of every segment: the fence. */
    boolean everySegmentCovered() {
        return entries.counts().segments().areCovered();
    }

    /**
     * Returns the ids of splits that were assigned to a reader and that no reader has reported. This has a
     * meaning only after all readers have reported.
     */
    List<String> heldByNoReader() {
        return assignedTo(SplitStatus.UNKNOWN_READER);
    }

    /** Returns the ids of the splits that a reader has to read, as far as the enumerator knows. */
    List<String> assignedTo(int subtask) {
        return splits(LedgerCounts::someAssigned, entry -> entry.isAssignedTo(subtask))
                .map(ReplicationSplit::splitId)
                .toList();
    }

    /** Returns, by reader, the number of segments that it has to read. */
    Map<Integer, Long> segmentsByReader() {
        return byReader(counts -> counts.segments().assigned() > 0, ScanSplit.class);
    }

    /** Returns, by reader, the number of shards that it has to read. */
    Map<Integer, Long> shardsByReader() {
        return byReader(counts -> counts.shards().assigned() > 0, ShardSplit.class);
    }

    private Map<Integer, Long> byReader(Predicate<LedgerCounts> some, Class<? extends ReplicationSplit> kind) {
        return entries.where(some)
                .filter(entry -> kind.isInstance(entry.split()))
                .flatMap(entry -> entry.reader().stream())
                .collect(Collectors.groupingBy(reader -> reader, Collectors.counting()));
    }

    /** Returns the splits whose end became covered since the earlier ledger, so that readers may forget it. */
    Stream<SplitEntry> coveredSince(SplitLedger earlier) {
        return entries.changedSince(earlier.entries)
                .filter(entry -> entry.status().isCovered() && !earlier.hasCovered(entry.split()));
    }

    private boolean hasCovered(ReplicationSplit split) {
        return find(split.splitId()).filter(entry -> entry.status().isCovered()).isPresent();
    }

    private Stream<ReplicationSplit> splits(Predicate<LedgerCounts> some, Predicate<SplitEntry> which) {
        return entries.where(some).filter(which).map(SplitEntry::split);
    }

    /** Returns this ledger itself if the draft changes nothing. */
    private SplitLedger with(Draft draft) {
        LedgerEntries changed = draft.done();
        return changed == entries ? this : new SplitLedger(changed);
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
