/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.ProtocolEvent.Description;
import io.dynamoreplica.flink.protocol.TableState.Identity;
import io.dynamoreplica.flink.split.Shard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A scripted table with its stream, as DynamoDB would describe them. */
final class ScriptedTable {

    static final String ARN = "arn:orders/stream/1";

    private final Map<String, Shard> shards = new LinkedHashMap<>();
    private final Set<String> hidden = new HashSet<>();
    private final Set<String> refused = new HashSet<>();
    private Identity identity = new Identity("table-id-1", ARN);
    private Optional<String> streamUnfit = Optional.empty();
    private boolean streamEnabling;
    private boolean streamRefused;
    private boolean deleted;
    private boolean readable = true;
    private long bytes;

    ScriptedTable open(String shard) {
        shards.put(shard, new Shard(shard, null, false));
        return this;
    }

    /** Opens a child of a parent that is listed now, or was listed long ago. */
    ScriptedTable open(String shard, String parent) {
        shards.put(shard, new Shard(shard, parent, false));
        return this;
    }

    ScriptedTable closed(String shard) {
        shards.put(shard, new Shard(shard, null, true));
        return this;
    }

    ScriptedTable closed(String shard, String parent) {
        shards.put(shard, new Shard(shard, parent, true));
        return this;
    }

    /** Closes a shard and opens its children. */
    ScriptedTable rollOver(String parent, String... children) {
        close(parent);
        for (String child : children) {
            open(child, parent);
        }
        return this;
    }

    ScriptedTable close(String shard) {
        shards.put(shard, new Shard(shard, shards.get(shard).parentShardId(), true));
        return this;
    }

    /** Hides shards: listings lag and do not show them yet. */
    ScriptedTable hide(String... shardIds) {
        hidden.addAll(List.of(shardIds));
        return this;
    }

    ScriptedTable show(String... shardIds) {
        List.of(shardIds).forEach(hidden::remove);
        return this;
    }

    /** Trims the shard: listings no longer show it, and it gives no iterator. */
    ScriptedTable trim(String shard) {
        refused.add(shard);
        return hide(shard);
    }

    ScriptedTable bytes(long size) {
        bytes = size;
        return this;
    }

    ScriptedTable replaceTable() {
        deleted = false;
        identity = new Identity("table-id-2", identity.streamArn());
        return this;
    }

    ScriptedTable replaceStream() {
        identity = new Identity(identity.tableId(), "arn:orders/stream/2");
        return this;
    }

    ScriptedTable disableStream() {
        return unfitStream("DescribeTable shows no enabled stream");
    }

    ScriptedTable enableStream() {
        streamUnfit = Optional.empty();
        return this;
    }

    /** Sets a view type that leaves out what is needed. */
    ScriptedTable unfitStream(String reason) {
        streamUnfit = Optional.of(reason);
        return this;
    }

    /** Sets whether DescribeStream does not show the stream as on yet, although DescribeTable does. */
    ScriptedTable streamEnabling(boolean enabling) {
        streamEnabling = enabling;
        return this;
    }

    /** Sets whether DescribeStream is refused, as if the stream did not exist. DescribeTable is not refused. */
    ScriptedTable refuseStream(boolean refuse) {
        streamRefused = refuse;
        return this;
    }

    ScriptedTable delete() {
        deleted = true;
        return this;
    }

    /** Sets whether the table is ACTIVE, and not still being created. */
    ScriptedTable readable(boolean active) {
        readable = active;
        return this;
    }

    ScriptedTable restore() {
        deleted = false;
        return this;
    }

    boolean isDeleted() {
        return deleted;
    }

    ScriptedTable withoutStream() {
        identity = new Identity(identity.tableId(), "");
        return disableStream();
    }

    boolean isOpen(String shard) {
        return shards.containsKey(shard) && !shards.get(shard).closed();
    }

    List<Shard> shards() {
        return List.copyOf(shards.values());
    }

    List<Shard> listing() {
        return shards().stream()
                .filter(shard -> !hidden.contains(shard.shardId()))
                .toList();
    }

    List<Shard> shuffledListing(Random random) {
        List<Shard> listing = new ArrayList<>(listing());
        Collections.shuffle(listing, random);
        return listing;
    }

    boolean refusesIterator(String shard) {
        return refused.contains(shard);
    }

    boolean listsStreamAsEnabled() {
        return streamUnfit.isEmpty() && !streamEnabling;
    }

    boolean isStreamRefused() {
        return streamRefused;
    }

    Description describe(long time) {
        return new Description(identity, readable, streamUnfit, bytes, time);
    }
}
