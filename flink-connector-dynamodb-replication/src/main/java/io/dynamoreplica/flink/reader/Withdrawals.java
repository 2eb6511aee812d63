/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.split.ReplicationSplit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which epochs the enumerator has withdrawn, for the task that says so and the fetcher that acts on
 * it. Outlives split readers: Flink hands splits to a fetcher in its own time, so one may arrive
 * there after it was withdrawn. Safe for use by any thread.
 */
final class Withdrawals {

    private final Map<String, Long> epochs = new ConcurrentHashMap<>();
    private volatile Runnable fetcher = () -> {};

    /** Task's thread: every split of the table up to and with this epoch is void. */
    void withdraw(String table, long epoch) {
        epochs.merge(table, epoch, Math::max);
        fetcher.run();
    }

    /** Task's thread, as it makes a split reader: the one before has no splits any more. */
    void tellFromNowOn(Runnable newFetcher) {
        fetcher = newFetcher;
    }

    boolean cover(ReplicationSplit split) {
        return split.epoch() <= epochs.getOrDefault(split.table(), Long.MIN_VALUE);
    }
}
