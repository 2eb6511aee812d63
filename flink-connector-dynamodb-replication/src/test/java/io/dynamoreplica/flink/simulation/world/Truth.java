/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.world;

import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.service.StreamRecord;
import io.dynamoreplica.flink.split.ItemKey;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What really happened in a {@link World}, for checkers: nothing here lags, and nothing is ever
 * forgotten.
 */
public final class Truth {

    /** What did not happen yet. */
    public static final long NEVER = Long.MAX_VALUE;

    private final Map<String, Map<ItemKey, List<Change>>> changes = new HashMap<>();
    private final Map<String, List<StreamLife>> streams = new HashMap<>();
    private final Map<ShardKey, ShardLife> shards = new LinkedHashMap<>();

    /**
     * One change of an item.
     *
     * @param shard that holds the record; empty if the stream was off
     * @param sequenceNumber empty if the stream was off
     * @param image what the item was afterwards; empty if it was deleted
     * @param time on DynamoDB's clock, milliseconds since 1970
     */
    public record Change(
            Optional<ShardKey> shard, String sequenceNumber, Optional<MapItem> image, long time) {}

    /**
     * @param enabled when the stream began, milliseconds since 1970
     * @param disabled when it was switched off, or its table deleted; {@link #NEVER} while it is on
     */
    public record StreamLife(String tableId, String streamArn, long enabled, long disabled) {
        public boolean isOver() {
            return disabled != NEVER;
        }

        StreamLife disabled(long time) {
            return isOver() ? this : new StreamLife(tableId, streamArn, enabled, time);
        }
    }

    /**
     * @param opened milliseconds since 1970, as are the others
     * @param closed {@link #NEVER} while it is open
     * @param gone since when every call for it is refused as NOT_FOUND; {@link #NEVER} while it is
     *     not
     * @param lastTrimmed sequence number of the last record that was trimmed; empty while it has
     *     all that it ever took
     */
    public record ShardLife(
            ShardKey shard, Optional<String> parent, Times times, String lastTrimmed) {
        public record Times(long opened, long closed, long gone) {}

        public long opened() {
            return times.opened();
        }

        public long closed() {
            return times.closed();
        }

        public long gone() {
            return times.gone();
        }

        public boolean isClosed() {
            return times.closed() != NEVER;
        }
    }

    Truth() {}

    /** Every change of this item, oldest first, over all lives of the table. */
    public List<Change> changes(String table, ItemKey key) {
        return Collections.unmodifiableList(
                changes.getOrDefault(table, Map.of()).getOrDefault(key, List.of()));
    }

    /** The streams that the table had, oldest first; the last one may be over. */
    public List<StreamLife> streams(String table) {
        return Collections.unmodifiableList(streams.getOrDefault(table, List.of()));
    }

    /** Whether the table's stream was ever switched off, or the table deleted. */
    public boolean wasInterrupted(String table) {
        return streams(table).stream().anyMatch(StreamLife::isOver);
    }

    /** Every shard that ever was, in the order in which they were opened. */
    public List<ShardLife> shards(String streamArn) {
        return shards.values().stream()
                .filter(life -> life.shard().streamArn().equals(streamArn))
                .toList();
    }

    public Optional<ShardLife> shard(ShardKey shard) {
        return Optional.ofNullable(shards.get(shard));
    }

    /**
     * Whether a record of this shard behind this position was trimmed: no reader can get it any
     * more.
     */
    public boolean isLost(ShardKey shard, ShardPosition position) {
        String trimmed = shards.get(shard).lastTrimmed();
        if (trimmed.isEmpty() || position instanceof ShardPosition.End) {
            return false;
        }
        return !(position instanceof ShardPosition.After after)
                || new BigInteger(trimmed).compareTo(new BigInteger(after.sequenceNumber())) > 0;
    }

    /** Whether any record of this table's streams was ever trimmed. */
    public boolean wasTrimmed(String table) {
        return shards.values().stream()
                .anyMatch(
                        life ->
                                life.shard().table().equals(table)
                                        && !life.lastTrimmed().isEmpty());
    }

    void changed(String table, ItemKey key, Change change) {
        changes.computeIfAbsent(table, name -> new LinkedHashMap<>())
                .computeIfAbsent(key, name -> new ArrayList<>())
                .add(change);
    }

    void streamOpened(String table, StreamLife life) {
        streams.computeIfAbsent(table, name -> new ArrayList<>()).add(life);
    }

    void streamOver(String table, long time) {
        streams.get(table).replaceAll(life -> life.disabled(time));
    }

    void shardOpened(ShardKey shard, Optional<String> parent, long time) {
        shards.put(
                shard, new ShardLife(shard, parent, new ShardLife.Times(time, NEVER, NEVER), ""));
    }

    void shardClosed(ShardKey shard, long time) {
        shards.computeIfPresent(
                shard,
                (key, life) ->
                        new ShardLife(
                                key,
                                life.parent(),
                                new ShardLife.Times(
                                        life.opened(), Math.min(life.closed(), time), life.gone()),
                                life.lastTrimmed()));
    }

    void shardGone(ShardKey shard, long time) {
        shards.computeIfPresent(
                shard,
                (key, life) ->
                        new ShardLife(
                                key,
                                life.parent(),
                                new ShardLife.Times(life.opened(), life.closed(), time),
                                life.lastTrimmed()));
    }

    void trimmed(ShardKey shard, StreamRecord last) {
        shards.computeIfPresent(
                shard,
                (key, life) ->
                        new ShardLife(key, life.parent(), life.times(), last.sequenceNumber()));
    }
}
