/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.service.ShardPage;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * For how long the stream still keeps the oldest change that was not read yet, by table, over the
 * shards that this subtask reads.
 *
 * <p>For eyes only: no rule rests on it. It takes a shard for caught up after some minutes of empty
 * pages, although those prove nothing; what is a gap is decided elsewhere, without such guesses.
 *
 * <p>The fetcher tells it what it reads. It shows on while no answer comes at all, for then the
 * headroom shrinks fastest: DynamoDB's time is taken from its answers and goes on with a clock of
 * this machine that only counts.
 */
final class ReaderHeadroom {

    private static final long UNKNOWN = Long.MIN_VALUE;

    private final Map<String, ReadShardsHeadroom> tables;
    private final LongSupplier clock;
    private final Consumer<String> warnings;

    /** Written by the fetcher's thread: DynamoDB's time less the clock's. */
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
     * Any thread. Seconds from 0, when changes may be lost at any moment, to 86,400: all that the
     * stream keeps, also if nothing is read.
     */
    long seconds(String table) {
        return tables.get(table).seconds(serverTime());
    }

    private long serverTime() {
        long ahead = serverAhead;
        return ahead == UNKNOWN ? UNKNOWN : clock.getAsLong() + ahead;
    }

    /** Fetcher's thread: the split is read from now on. */
    void given(ReplicationSplit split) {
        if (split instanceof ShardSplit shard) {
            serverTimeIsAtLeast(shard.proof());
            tables.get(shard.table()).given(shard, serverTime());
        }
    }

    /** Fetcher's thread. */
    void answered(ReplicationSplit split, ShardPage page) {
        serverTimeIsAtLeast(page.serverTime().toEpochMilli());
        tables.get(split.table()).answered(split.splitId(), page);
    }

    /** Fetcher's thread: the split has ended or was withdrawn. */
    void gone(ReplicationSplit split) {
        tables.get(split.table()).gone(split.splitId());
    }

    /** Fetcher's thread, often: warns if something has got low since it was last asked. */
    void watch() {
        long now = serverTime();
        tables.values().forEach(table -> table.warning(now).ifPresent(warnings));
    }

    /** An answer that waited for the fetcher says less than the truth, none says more. */
    private void serverTimeIsAtLeast(long time) {
        serverAhead = Math.max(serverAhead, time - clock.getAsLong());
    }
}
