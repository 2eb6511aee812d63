/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.split.ReplicationSplit;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Which splits the enumerator has withdrawn, for the task that says so and the fetcher that acts on
 * it. Outlives split readers: Flink hands splits to a fetcher in its own time, so one may arrive
 * there after it was withdrawn. Also hands on which shards are closed. Safe for use by any thread.
 */
final class Withdrawals {

    private final Set<String> splitIds = ConcurrentHashMap.newKeySet();
    private volatile Consumer<Message> fetcher = message -> {};

    /** Task's thread: these splits, which were being read, are void. */
    void withdraw(Collection<String> dropped) {
        splitIds.addAll(dropped);
        fetcher.accept(new Message.Withdrawn());
    }

    /**
     * Task's thread: no record will be added to the shard of this split. Nobody remembers it: a
     * cursor that still needs the word asks for it again.
     */
    void closed(String splitId) {
        fetcher.accept(new Message.Closed(splitId));
    }

    /** Task's thread, as it makes a split reader: the one before has no splits any more. */
    void tellFromNowOn(Consumer<Message> newFetcher) {
        fetcher = newFetcher;
    }

    boolean cover(ReplicationSplit split) {
        // Asked for each record, and hardly ever is there any: an id would be built for nothing.
        return !splitIds.isEmpty() && splitIds.contains(split.splitId());
    }
}
