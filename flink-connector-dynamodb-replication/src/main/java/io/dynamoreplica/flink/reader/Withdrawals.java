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
 * The splits that the enumerator has withdrawn, as the task tells the fetcher. It also passes on which
 * shards are closed. It outlives split readers: Flink hands splits to a fetcher asynchronously, so a
 * split can arrive there after it was withdrawn. Safe for use by any thread.
 */
final class Withdrawals {

    private final Set<String> splitIds = ConcurrentHashMap.newKeySet();
    private volatile Consumer<Message> fetcher = message -> {};

    /** Withdraws splits that were being read. Task's thread. */
    void withdraw(Collection<String> dropped) {
        splitIds.addAll(dropped);
        fetcher.accept(new Message.Withdrawn());
    }

    /**
     * Tells the fetcher that no record will be added to the shard of this split. This is not kept: a
     * cursor that needs to know it asks again. Task's thread.
     */
    void closed(String splitId) {
        fetcher.accept(new Message.Closed(splitId));
    }

    /**
     * Sets the fetcher to tell, when the task makes a split reader; the split reader before has no
     * splits any more. Task's thread.
     */
    void tellFromNowOn(Consumer<Message> newFetcher) {
        fetcher = newFetcher;
    }

    /** Returns whether the split was withdrawn. */
    boolean contains(ReplicationSplit split) {
        // Called for each record. Withdrawals are rare, so this avoids building the id.
        return !splitIds.isEmpty() && splitIds.contains(split.splitId());
    }
}
