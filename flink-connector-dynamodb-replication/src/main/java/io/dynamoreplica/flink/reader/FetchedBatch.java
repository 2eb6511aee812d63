/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.reader.cursor.Fetched;
import io.dynamoreplica.flink.reader.cursor.Outcome;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;

/**
 * A batch of outcomes that have elements for the task, by split, in the order in which their answers
 * came.
 *
 * <p>The fetcher's thread fills the batch and hands it to the task's thread, which walks it once. An
 * outcome is reported as emitted when the task moves on to the next one, so that a large batch frees
 * its memory page by page.
 */
final class FetchedBatch implements RecordsWithSplitIds<Fetched> {

    private final Consumer<Message> fetcher;

    /** A split has one call under way at most, and the next call begins after the batch is complete. */
    private final Map<String, Outcome> outcomes = new LinkedHashMap<>();

    private final Set<String> finished = new HashSet<>();

    /** The split that is being emitted; null before the first and after the last one. */
    private String current;

    private Iterator<Fetched> elements = Collections.emptyIterator();

    /**
     * @param fetcher told of every outcome whose elements have been emitted; safe for use by any
     *     thread
     */
    FetchedBatch(Consumer<Message> fetcher) {
        this.fetcher = fetcher;
    }

    void add(String splitId, Outcome outcome) {
        if (outcomes.putIfAbsent(splitId, outcome) != null) {
            throw new IllegalStateException("Split %s has two pages in one batch".formatted(splitId));
        }
    }

    /** Marks the split as finished: all its elements are in this batch or were in an earlier one. */
    void finish(String splitId) {
        finished.add(splitId);
    }

    boolean isEmpty() {
        return outcomes.isEmpty() && finished.isEmpty();
    }

    @Override
    public String nextSplit() {
        release();
        if (outcomes.isEmpty()) {
            return null;
        }
        Map.Entry<String, Outcome> next = outcomes.entrySet().iterator().next();
        current = next.getKey();
        elements = next.getValue().elements();
        return current;
    }

    @Override
    public Fetched nextRecordFromSplit() {
        return elements.hasNext() ? elements.next() : null;
    }

    @Override
    public Set<String> finishedSplits() {
        return finished;
    }

    /** Reports the outcomes that are left, also for a batch that is thrown away unread. */
    @Override
    public void recycle() {
        while (nextSplit() != null) {
            elements = Collections.emptyIterator();
        }
    }

    private void release() {
        elements = Collections.emptyIterator();
        if (current != null) {
            Outcome emitted = outcomes.remove(current);
            fetcher.accept(new Message.Emitted(current, emitted.bytes()));
            current = null;
        }
    }
}
