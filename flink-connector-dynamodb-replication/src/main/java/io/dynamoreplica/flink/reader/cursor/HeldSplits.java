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
import org.apache.flink.annotation.Internal;

/**
 * Which splits one attempt of a reader has to read, which it has finished, and which it has been
 * told to drop.
 *
 * <p>A split that has ended stays here, at its end, until the enumerator says that it has the end
 * in a completed checkpoint of its own: messages are not checkpointed, so until then this is the
 * only place that remembers. A split that was withdrawn is gone for good, whatever still comes in
 * for it.
 *
 * <pre>
 *   add ──▶ to read ── ended ──▶ finished ── forget ──▶ (gone)
 *              └─────── withdraw ───┴──────────────────▶ (gone)
 * </pre>
 */
@Internal
public final class HeldSplits {

    private final Map<String, ReplicationSplit> toRead = new LinkedHashMap<>();
    private final Map<String, ReplicationSplit> finished = new LinkedHashMap<>();

    /** Ids of splits that were withdrawn while they were being read. */
    private final Set<String> withdrawn = new HashSet<>();

    /**
     * What to do about splits that were given.
     *
     * @param toRead to be read from now on
     * @param toReport finished already: whoever gave them cannot know
     */
    public record Added(List<ReplicationSplit> toRead, List<ReplicationSplit> toReport) {}

    /**
     * Takes splits, each once.
     *
     * @throws IllegalStateException for one that was withdrawn: nothing of it would be emitted
     */
    public Added add(Collection<? extends ReplicationSplit> splits) {
        List<ReplicationSplit> read = new ArrayList<>();
        List<ReplicationSplit> report = new ArrayList<>();
        for (ReplicationSplit split : splits) {
            if (isWithdrawn(split)) {
                throw new IllegalStateException("Split " + split.splitId() + " was withdrawn, and is given again");
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
     * Everything in these splits has been emitted.
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

    public void forget(Collection<String> splitIds) {
        splitIds.forEach(finished::remove);
    }

    /**
     * Drops every split of the table up to and with this epoch.
     *
     * <p>What is given later is not concerned, whatever its epoch: the enumerator's messages come
     * in order, so it was assigned after the withdrawal.
     *
     * @return ids of those that were being read
     */
    public Set<String> withdraw(String table, long epoch) {
        Predicate<ReplicationSplit> concerned = split -> split.table().equals(table) && split.epoch() <= epoch;
        Set<String> dropped = toRead.values().stream()
                .filter(concerned)
                .map(ReplicationSplit::splitId)
                .collect(Collectors.toSet());
        toRead.keySet().removeAll(dropped);
        finished.values().removeIf(concerned);
        withdrawn.addAll(dropped);
        return dropped;
    }

    /** Whether the split was dropped, so that nothing of it may be emitted or kept. */
    public boolean isWithdrawn(ReplicationSplit split) {
        return withdrawn.contains(split.splitId());
    }

    /** Whether the split was given to be read, and has neither ended nor been withdrawn. */
    public boolean isToRead(String splitId) {
        return toRead.containsKey(splitId);
    }

    /** Splits at their end that are still to be kept. */
    public List<ReplicationSplit> finished() {
        return List.copyOf(finished.values());
    }
}
