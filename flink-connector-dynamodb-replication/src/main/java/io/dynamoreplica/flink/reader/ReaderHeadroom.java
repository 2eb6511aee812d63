/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.service.ShardPage;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The headroom of each table, over the shards that this subtask reads: the time for which the stream
 * still keeps the oldest unread change.
 *
 * <p>Only for a metric and a warning: no rule depends on it. After some minutes of empty pages a shard
 * counts as caught up, although empty pages prove nothing. Gaps are found by other rules, which make
 * no such assumption.
 *
 * <p>The fetcher reports every page. The headroom also shrinks while no answer comes at all. For this,
 * DynamoDB's time is taken from its answers, and continues by a clock of this machine that never goes
 * back.
 */
final class ReaderHeadroom {

    private static final long UNKNOWN = Long.MIN_VALUE;

    private final Map<String, ReadShardsHeadroom> tables;
    private final LongSupplier clock;
    private final Consumer<String> warnings;

    /** DynamoDB's time minus the time of {@link #clock}. Written by the fetcher's thread. */
    private volatile long serverAhead = UNKNOWN;

    /**
     * @param clock milliseconds that never go back
     * @param warnings told once whenever a table's headroom gets low
     */
    ReaderHeadroom(Collection<String> tables, LongSupplier clock, Consumer<String> warnings) {
        this.tables = tables.stream().collect(Collectors.toMap(Function.identity(), ReadShardsHeadroom::new));
        this.clock = clock;
        this.warnings = warnings;
    }

    Collection<String> tables() {
        return tables.keySet();
    }

    /**
     * Returns seconds. At 0, changes may be lost at any moment. The largest value is 86,400, the time
     * for which the stream keeps a record; it is also the value if nothing is read. Any thread.
     */
    long seconds(String table) {
        return tables.get(table).seconds(serverTime());
    }

    private long serverTime() {
        long ahead = serverAhead;
        return ahead == UNKNOWN ? UNKNOWN : clock.getAsLong() + ahead;
    }

    /** Adds a split that is read from now on; a segment has no headroom. Fetcher's thread. */
    void given(ReplicationSplit split) {
        if (split instanceof ShardSplit shard) {
            serverTimeIsAtLeast(shard.proof());
            tables.get(shard.table()).given(shard, serverTime());
        } else if (!(split instanceof ScanSplit)) {
            throw new IllegalArgumentException("No rule adds a split of %s".formatted(split.getClass()));
        }
    }

    /** Takes a page of a shard. Fetcher's thread. */
    void answered(ReplicationSplit split, ShardPage page) {
        serverTimeIsAtLeast(page.serverTime().toEpochMilli());
        tables.get(split.table()).answered(split.splitId(), page);
    }

    /** Removes a split that has ended or was withdrawn. Fetcher's thread. */
    void gone(ReplicationSplit split) {
        tables.get(split.table()).gone(split.splitId());
    }

    /** Warns if a headroom has got low since the last call. Called often, by the fetcher's thread. */
    void watch() {
        long now = serverTime();
        tables.values().forEach(table -> table.warning(now).ifPresent(warnings));
    }

    /**
     * Takes a time of DynamoDB. If an answer waited for the fetcher, its time is too early; no time is
     * too late.
     */
    private void serverTimeIsAtLeast(long time) {
        serverAhead = Math.max(serverAhead, time - clock.getAsLong());
    }
}
