/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.world;

import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.split.ItemKey;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The true history of a {@link World}, for checkers: nothing here lags, and nothing is ever forgotten. Times are on
 * DynamoDB's clock, milliseconds since 1970, and {@link #NEVER} for events that have not happened.
 */
public final class Truth {

    public static final long NEVER = Long.MAX_VALUE;

    private final Map<String, Map<ItemKey, List<Change>>> changes = new HashMap<>();
    private final Map<String, List<StreamLife>> streams = new HashMap<>();

    /** By stream, in the order in which the shards were opened. */
    private final Map<String, Map<ShardKey, ShardLife>> shards = new HashMap<>();

    private final List<Trim> trims = new ArrayList<>();

    /**
     * One change of an item.
     *
     * @param shard that holds the record; empty if the stream was off
     * @param sequenceNumber empty if the stream was off
     * @param image the item after the change; empty if it was deleted
     */
    public record Change(Optional<ShardKey> shard, String sequenceNumber, Optional<MapItem> image, long time) {

        /** Returns a change that is in no stream. */
        static Change unrecorded(Optional<MapItem> image, long time) {
            return new Change(Optional.empty(), "", image, time);
        }
    }

    /**
     * The life of a stream.
     *
     * @param enabled when the stream began
     * @param disabled when it was switched off, or its table deleted
     */
    public record StreamLife(String tableId, String streamArn, long enabled, long disabled) {
        public boolean isOver() {
            return disabled != NEVER;
        }

        StreamLife disabledAt(long time) {
            return isOver() ? this : new StreamLife(tableId, streamArn, enabled, time);
        }
    }

    /**
     * The life of a shard.
     *
     * @param lastTrimmed sequence number of the last record that was trimmed; empty while the shard holds all its
     *     records
     */
    public record ShardLife(ShardKey shard, Optional<String> parent, Times times, String lastTrimmed) {

        /**
         * The times of a shard's stages.
         *
         * @param refusesReads since when it returns iterators but refuses reads with them, also if it never took a
         *     record
         * @param gone since when every call for it is refused
         */
        public record Times(long opened, long closed, long refusesReads, long gone) {
            Times closedAt(long time) {
                return new Times(opened, Math.min(closed, time), refusesReads, gone);
            }

            Times refusesReadsFrom(long time) {
                return new Times(opened, closed, Math.min(refusesReads, time), gone);
            }

            Times goneFrom(long time) {
                return new Times(opened, closed, refusesReads, Math.min(gone, time));
            }
        }

        public boolean isClosed() {
            return times.closed() != NEVER;
        }

        /** Tells whether all its records were trimmed. A shard without records counts as well. */
        public boolean isOver() {
            return times.refusesReads() != NEVER || times.gone() != NEVER;
        }

        private ShardLife with(Times newTimes) {
            return new ShardLife(shard, parent, newTimes, lastTrimmed);
        }
    }

    /**
     * Records of a shard that were lost together.
     *
     * @param upTo sequence number of the last one
     */
    public record Trim(ShardKey shard, String upTo, long time) {}

    Truth() {}

    /** Returns every change of this item, oldest first, over all lives of the table. */
    public List<Change> changes(String table, ItemKey key) {
        return Collections.unmodifiableList(
                changes.getOrDefault(table, Map.of()).getOrDefault(key, List.of()));
    }

    /** Returns the streams that the table had, oldest first; the last one may be over. */
    public List<StreamLife> streams(String table) {
        return Collections.unmodifiableList(streams.getOrDefault(table, List.of()));
    }

    /** Tells whether the table's stream was ever switched off, or the table deleted. */
    public boolean wasInterrupted(String table) {
        return streams(table).stream().anyMatch(StreamLife::isOver);
    }

    /** Returns every shard that the stream ever had, in the order in which they were opened. */
    public Collection<ShardLife> shards(String streamArn) {
        return Collections.unmodifiableCollection(
                shards.getOrDefault(streamArn, Map.of()).values());
    }

    public Optional<ShardLife> shard(ShardKey shard) {
        return Optional.ofNullable(
                shards.getOrDefault(shard.streamArn(), Map.of()).get(shard));
    }

    /** Returns all trims, in order. */
    public List<Trim> trims() {
        return Collections.unmodifiableList(trims);
    }

    /**
     * Tells whether a record of this shard after this position was trimmed, so that no reader can get it any more.
     */
    public boolean isLost(ShardKey shard, ShardPosition position) {
        String trimmed = shard(shard).orElseThrow().lastTrimmed();
        if (trimmed.isEmpty() || position instanceof ShardPosition.End) {
            return false;
        }
        return !(position instanceof ShardPosition.After after)
                || new BigInteger(trimmed).compareTo(new BigInteger(after.sequenceNumber())) > 0;
    }

    /** As {@link #isLost}, but counts only records that were made at this time or later. */
    public boolean isLost(ShardKey shard, ShardPosition position, long since) {
        return isLost(shard, position)
                && changesIn(shard)
                        .filter(change -> change.time() >= since)
                        .map(change -> new BigInteger(change.sequenceNumber()))
                        .filter(number -> number.compareTo(new BigInteger(
                                        shard(shard).orElseThrow().lastTrimmed()))
                                <= 0)
                        .anyMatch(number -> !(position instanceof ShardPosition.After after)
                                || number.compareTo(new BigInteger(after.sequenceNumber())) > 0);
    }

    /** Returns the time of the last record that the shard took; empty if it took none. */
    public OptionalLong lastChange(ShardKey shard) {
        return changesIn(shard).mapToLong(Change::time).max();
    }

    private Stream<Change> changesIn(ShardKey shard) {
        return changes.values().stream()
                .flatMap(byKey -> byKey.values().stream())
                .flatMap(List::stream)
                .filter(change -> change.shard().filter(shard::equals).isPresent());
    }

    void changed(String table, ItemKey key, Change change) {
        changes.computeIfAbsent(table, name -> new LinkedHashMap<>())
                .computeIfAbsent(key, name -> new ArrayList<>())
                .add(change);
    }

    void streamBegan(String table, StreamLife life) {
        streams.computeIfAbsent(table, name -> new ArrayList<>()).add(life);
    }

    void streamEnded(String table, long time) {
        streams.get(table).replaceAll(life -> life.disabledAt(time));
    }

    void shardOpened(ShardKey shard, Optional<String> parent, long time) {
        ShardLife.Times times = new ShardLife.Times(time, NEVER, NEVER, NEVER);
        shards.computeIfAbsent(shard.streamArn(), arn -> new LinkedHashMap<>())
                .put(shard, new ShardLife(shard, parent, times, ""));
    }

    void shardClosed(ShardKey shard, long time) {
        edit(shard, life -> life.with(life.times().closedAt(time)));
    }

    void shardRefusesReads(ShardKey shard, long time) {
        edit(shard, life -> life.with(life.times().refusesReadsFrom(time)));
    }

    void shardGone(ShardKey shard, long time) {
        edit(shard, life -> life.with(life.times().goneFrom(time)));
    }

    void trimmed(ShardKey shard, String upTo, long time) {
        edit(shard, life -> new ShardLife(shard, life.parent(), life.times(), upTo));
        trims.add(new Trim(shard, upTo, time));
    }

    private void edit(ShardKey shard, UnaryOperator<ShardLife> change) {
        shards.get(shard.streamArn()).computeIfPresent(shard, (key, life) -> change.apply(life));
    }
}
