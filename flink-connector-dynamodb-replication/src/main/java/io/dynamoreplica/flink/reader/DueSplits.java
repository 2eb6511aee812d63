/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * The splits that may make a call, in the order in which they became due. A busy split that is due
 * again immediately comes after all splits that were due before. Used only by the fetcher's thread.
 */
final class DueSplits {

    private record Entry(ActiveSplit split, long at, long number) {}

    private final TreeSet<Entry> byTime =
            new TreeSet<>(Comparator.comparingLong(Entry::at).thenComparingLong(Entry::number));
    private final Map<String, Entry> bySplit = new HashMap<>();
    private long added;

    /** Adds the split at the time at which its cursor is due. A split that was added keeps its place. */
    void add(ActiveSplit split) {
        if (!bySplit.containsKey(split.id())) {
            Entry entry = new Entry(split, split.cursor().dueAt(), added++);
            bySplit.put(split.id(), entry);
            byTime.add(entry);
        }
    }

    void remove(ActiveSplit split) {
        Entry entry = bySplit.remove(split.id());
        if (entry != null) {
            byTime.remove(entry);
        }
    }

    /** Removes and returns the split that has been due for the longest time. */
    Optional<ActiveSplit> takeDue(long now) {
        if (byTime.isEmpty() || byTime.first().at() > now) {
            return Optional.empty();
        }
        ActiveSplit split = byTime.first().split();
        remove(split);
        return Optional.of(split);
    }

    /** Returns the time at which the first split is due. */
    OptionalLong firstDueAt() {
        return byTime.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(byTime.first().at());
    }
}
