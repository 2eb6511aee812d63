/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.service.ShardPage;
import io.dynamoreplica.flink.split.Retention;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The headroom of one table, over the shards that this subtask reads. Used by the fetcher's thread,
 * unless a method says otherwise. Times are DynamoDB's, in milliseconds since 1970.
 */
final class ReadShardsHeadroom {

    static final long RETENTION_SECONDS = Retention.OF_RECORDS.toSeconds();

    static final long LOW_SECONDS = Retention.LOW.toSeconds();

    /** A shard with only empty pages for this time counts as caught up. Chosen, not proved. */
    static final long CAUGHT_UP_MILLIS = 5 * 60_000;

    private static final long NOTHING = Long.MAX_VALUE;

    /**
     * @param oldest a time such that no unread change is older
     * @param emptySince the time of the first empty page after the last page with records; {@link
     *     #NOTHING} if the last page has records
     */
    private record Shard(String splitId, long oldest, long emptySince) {}

    private final String table;
    private final Map<String, Shard> shards = new HashMap<>();
    private final TreeSet<Shard> byAge =
            new TreeSet<>(Comparator.comparingLong(Shard::oldest).thenComparing(Shard::splitId));
    private volatile long oldest = NOTHING;
    private boolean low;

    ReadShardsHeadroom(String table) {
        this.table = table;
    }

    /** Returns the headroom. Any thread. */
    long seconds(long serverTime) {
        long age = (serverTime - Math.min(oldest, serverTime)) / 1000;
        return Math.max(0, RETENTION_SECONDS - age);
    }

    /**
     * Adds a shard. Until its first answer, its oldest unread change can be as old as its proof. A
     * shard that is read from the oldest record kept starts with full headroom.
     */
    void given(ShardSplit split, long serverTime) {
        boolean needsAll = !(split.position() instanceof ShardPosition.OldestKept);
        long oldest = needsAll ? split.proof() : Math.max(split.proof(), serverTime);
        put(new Shard(split.splitId(), oldest, NOTHING));
    }

    void answered(String splitId, ShardPage page) {
        Shard before = shards.get(splitId);
        long answered = page.serverTime().toEpochMilli();
        int records = page.records().size();
        if (records > 0) {
            long last = page.records().get(records - 1).created().toEpochMilli();
            put(new Shard(splitId, last, NOTHING));
        } else {
            long since = Math.min(before.emptySince(), answered);
            boolean caughtUp = answered - since >= CAUGHT_UP_MILLIS;
            put(new Shard(splitId, caughtUp ? answered : before.oldest(), since));
        }
    }

    void gone(String splitId) {
        Shard shard = shards.remove(splitId);
        if (shard != null) {
            byAge.remove(shard);
            publish();
        }
    }

    private void put(Shard shard) {
        Shard before = shards.put(shard.splitId(), shard);
        if (before != null) {
            byAge.remove(before);
        }
        byAge.add(shard);
        publish();
    }

    private void publish() {
        oldest = byAge.isEmpty() ? NOTHING : byAge.first().oldest();
    }

    /** Returns a warning once, each time the headroom gets low. */
    Optional<String> warning(long serverTime) {
        long seconds = seconds(serverTime);
        boolean wasLow = low;
        low = seconds < LOW_SECONDS;
        return low && !wasLow ? Optional.of(warningAt(seconds)) : Optional.empty();
    }

    private String warningAt(long seconds) {
        return String.format(
                Locale.ROOT,
                """
                Table %s: its stream keeps the oldest change that was not read yet for another %.1f hours only; a \
                change that is not read by then is lost. Give the source more parallelism or the job a faster \
                sink, and look for refused calls; see docs/operations.md""",
                table,
                seconds / 3600.0);
    }
}
