/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import io.dynamoreplica.flink.split.ReplicationSplit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The splits of one attempt of a reader: those to read, those that have finished, and those that
 * were withdrawn.
 *
 * <p>A split that has ended stays here, at its end, until the enumerator says that a completed
 * checkpoint of its own contains the end. Messages are not checkpointed, so until then only this
 * reader knows of the end. A split that was withdrawn never comes back, even if pages of it still
 * arrive.
 *
 * <pre>
 *   add ──▶ to read ── ended ──▶ finished ── forget ──▶ (gone)
 *              └─────── withdraw ───┴──────────────────▶ (gone)
 * </pre>
 */
public final class HeldSplits {

    private final Map<String, ReplicationSplit> toRead = new LinkedHashMap<>();
    private final Map<String, ReplicationSplit> finished = new LinkedHashMap<>();

    /** Ids of splits that were withdrawn before they had ended. */
    private final Set<String> withdrawn = new HashSet<>();

    /**
     * The splits to act on after an assignment.
     *
     * @param toRead to be read from now on
     * @param toReport already finished, which the enumerator does not know
     */
    public record Added(List<ReplicationSplit> toRead, List<ReplicationSplit> toReport) {}

    /**
     * Adds splits. A split that is here already is not added a second time.
     *
     * @throws IllegalStateException for a split that was withdrawn: none of its records would be
     *     emitted
     */
    public Added add(Collection<? extends ReplicationSplit> splits) {
        List<ReplicationSplit> read = new ArrayList<>();
        List<ReplicationSplit> report = new ArrayList<>();
        for (ReplicationSplit split : splits) {
            if (isWithdrawn(split)) {
                throw new IllegalStateException(
                        "Split %s was withdrawn, and is given again".formatted(split.splitId()));
            }
            if (split.isFinished()) {
                finished.putIfAbsent(split.splitId(), split);
            }
            if (finished.containsKey(split.splitId())) {
                report.add(finished.get(split.splitId()));
            } else if (toRead.putIfAbsent(split.splitId(), split) == null) {
                read.add(split);
            }
        }
        return new Added(List.copyOf(read), List.copyOf(report));
    }

    /**
     * Marks splits as finished: all their records have been emitted.
     *
     * @param splits at their end
     */
    public void ended(Collection<? extends ReplicationSplit> splits) {
        for (ReplicationSplit split : splits) {
            if (toRead.remove(split.splitId()) != null) {
                finished.put(split.splitId(), split);
            }
        }
    }

    /** Removes finished splits that the enumerator has in a completed checkpoint. */
    public void forget(Collection<String> splitIds) {
        splitIds.forEach(finished::remove);
    }

    /**
     * Drops every split of the table up to and including this epoch.
     *
     * <p>Splits that are given later are not affected, whatever their epoch: the enumerator's
     * messages come in order, so these splits were assigned after the withdrawal.
     *
     * @return ids of the dropped splits that were to be read
     */
    public Set<String> withdraw(String table, long epoch) {
        Predicate<ReplicationSplit> affected = split -> split.table().equals(table) && split.epoch() <= epoch;
        Set<String> dropped = toRead.values().stream()
                .filter(affected)
                .map(ReplicationSplit::splitId)
                .collect(Collectors.toSet());
        toRead.keySet().removeAll(dropped);
        finished.values().removeIf(affected);
        withdrawn.addAll(dropped);
        return dropped;
    }

    /** Returns whether the split was withdrawn, so that none of its records may be emitted or kept. */
    public boolean isWithdrawn(ReplicationSplit split) {
        return withdrawn.contains(split.splitId());
    }

    /** Returns whether the split has to be read: it has neither ended nor been withdrawn. */
    public boolean isToRead(String splitId) {
        return toRead.containsKey(splitId);
    }

    /** Returns the finished splits that have to stay in state. */
    public List<ReplicationSplit> finished() {
        return List.copyOf(finished.values());
    }
}
