/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;

/**
 * Pages of any splits, in the order in which they came.
 *
 * <p>Filled by the fetcher's thread, then handed to the task's, which walks it once. A page is
 * reported as emitted as soon as the task moves on to the next, so that a large batch gives its
 * memory back page by page.
 */
final class FetchedBatch implements RecordsWithSplitIds<Fetched> {

    private record Page(String splitId, List<Fetched> elements, long bytes) {}

    private final Consumer<Message> fetcher;
    private final List<Page> pages = new ArrayList<>();
    private final Set<String> finished = new HashSet<>();
    private int nextPage;
    private Iterator<Fetched> elements = Collections.emptyIterator();

    /**
     * @param fetcher told of every page when it has been emitted; safe for use by any thread
     */
    FetchedBatch(Consumer<Message> fetcher) {
        this.fetcher = fetcher;
    }

    void add(String splitId, List<Fetched> pageElements, long bytes) {
        pages.add(new Page(splitId, pageElements, bytes));
    }

    /** Everything in this split is in this batch or was in an earlier one. */
    void finish(String splitId) {
        finished.add(splitId);
    }

    boolean isEmpty() {
        return pages.isEmpty() && finished.isEmpty();
    }

    @Override
    public String nextSplit() {
        release();
        if (nextPage == pages.size()) {
            return null;
        }
        Page page = pages.get(nextPage++);
        elements = page.elements().iterator();
        return page.splitId();
    }

    @Override
    public Fetched nextRecordFromSplit() {
        return elements.hasNext() ? elements.next() : null;
    }

    @Override
    public Set<String> finishedSplits() {
        return finished;
    }

    /** Reports what is left, also of a batch that is thrown away unread. */
    @Override
    public void recycle() {
        while (nextSplit() != null) {
            elements = Collections.emptyIterator();
        }
    }

    private void release() {
        elements = Collections.emptyIterator();
        if (nextPage > 0 && pages.get(nextPage - 1) != null) {
            Page done = pages.set(nextPage - 1, null);
            fetcher.accept(new Message.Emitted(done.splitId(), done.bytes()));
        }
    }
}
